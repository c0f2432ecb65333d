import type { TaskSet } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';

/** Judges that the PRIMARY task set, the one with production traffic, runs the release's task definition. */
export function judgeServingTaskSet(taskDefinitionArn: string, primary: TaskSet): CheckResult {
  const name = 'primary task set';
  const expected = `the PRIMARY task set to run ${taskDefinitionArn}`;
  const observed = `${primary.taskDefinitionArn} in ${primary.id}`;
  return {
    name,
    type: 'task-set',
    verdict: primary.taskDefinitionArn === taskDefinitionArn ? 'pass' : 'fail',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: 1,
    evidence: [{ kind: 'state', subject: primary.taskSetArn, state: observed }],
  };
}
