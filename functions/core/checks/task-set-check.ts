import type { TaskSet } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';

/** A task set that does what it should: steady, and as many tasks running as computed, at least one. */
export function taskSetIsSteady(taskSet: TaskSet | undefined): boolean {
  return (
    taskSet !== undefined &&
    taskSet.stabilityStatus === 'STEADY_STATE' &&
    taskSet.computedDesiredCount > 0 &&
    taskSet.runningCount === taskSet.computedDesiredCount
  );
}

/** Judges the replacement task set (aws-facts 2.4); without one there is nothing to judge. */
export function judgeTaskSet(
  name: string,
  deploymentId: string,
  taskSet: TaskSet | undefined,
): CheckResult {
  const expected = `a task set of ${deploymentId} in STEADY_STATE with every desired task running`;
  const observed =
    taskSet === undefined
      ? 'no task set of this deployment'
      : `${taskSet.stabilityStatus}, ${taskSet.runningCount} running of ${taskSet.computedDesiredCount} desired, ${taskSet.pendingCount} pending`;
  return {
    name,
    type: 'task-set',
    verdict: taskSet === undefined ? 'inconclusive' : taskSetIsSteady(taskSet) ? 'pass' : 'fail',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: taskSet?.runningCount ?? 0,
    evidence:
      taskSet === undefined
        ? []
        : [{ kind: 'state', subject: taskSet.taskSetArn, state: observed }],
  };
}
