import type { CheckResult } from '../checks/check-result.ts';
import type { EcsService, Task } from '../ports/ecs-services.ts';
import { servingDeployment } from '../workflow/serving-workload.ts';

/** Judges that the service runs one deployment, COMPLETED, of the task definition that is expected. */
export function judgeSoleDeployment(
  taskDefinitionArn: string,
  { serviceArn, rolling }: Pick<EcsService, 'serviceArn' | 'rolling'>,
): CheckResult {
  const name = 'service deployment';
  const deployments = rolling?.deployments ?? [];
  const serving = servingDeployment({ deployments });
  const alone = deployments.length === 1 && serving?.rolloutState === 'COMPLETED';
  const expected = `one completed deployment, of ${taskDefinitionArn}`;
  const observed =
    deployments
      .map((one) => `${one.status} ${one.taskDefinitionArn} ${one.rolloutState ?? 'of no state'}`)
      .join(', ') || 'none';
  return {
    name,
    type: 'service-deployment',
    verdict: alone && serving.taskDefinitionArn === taskDefinitionArn ? 'pass' : 'fail',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: deployments.length,
    evidence: [{ kind: 'state', subject: serviceArn, state: observed }],
  };
}

/** Judges that every running task is of the task definition that is expected; none is no evidence. */
export function judgeRunningTasks(taskDefinitionArn: string, tasks: readonly Task[]): CheckResult {
  const name = 'running tasks';
  const others = tasks.filter((task) => task.taskDefinitionArn !== taskDefinitionArn);
  const expected = `every running task to be of ${taskDefinitionArn}`;
  const observed =
    others.length === 0
      ? `${tasks.length} such tasks`
      : `${others.length} of ${tasks.length} of ${others[0]?.taskDefinitionArn}`;
  return {
    name,
    type: 'running-tasks',
    verdict: others.length > 0 ? 'fail' : tasks.length > 0 ? 'pass' : 'inconclusive',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: tasks.length,
    evidence: tasks.map((task) => ({
      kind: 'state',
      subject: task.taskArn,
      state: task.taskDefinitionArn,
    })),
  };
}
