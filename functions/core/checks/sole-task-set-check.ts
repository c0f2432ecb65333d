import type { TaskSet } from '../ports/ecs-services.ts';
import type { TargetGroup } from '../ports/load-balancing.ts';
import type { CheckResult } from './check-result.ts';

/**
 * Judges that no task set but `own` has tasks behind the target group. Deployments that were stopped without
 * rollback leave theirs ACTIVE (aws-facts 2.4), and the listener would mix its answers with the replacement's.
 * A DRAINING one is leaving, its targets with it.
 */
export function judgeSoleTaskSet(
  group: TargetGroup,
  taskSets: readonly TaskSet[],
  own: (taskSet: TaskSet) => boolean,
): CheckResult {
  const name = 'task sets';
  const others = taskSets.filter(
    (taskSet) =>
      taskSet.targetGroupArn === group.arn &&
      taskSet.status !== 'DRAINING' &&
      taskSet.runningCount + taskSet.pendingCount > 0 &&
      !own(taskSet),
  );
  const expected = `no tasks of another task set behind ${group.name}`;
  const observed = others.map(describe).join(', ') || 'none';
  return {
    name,
    type: 'task-set',
    verdict: others.length === 0 ? 'pass' : 'fail',
    sentence:
      others.length === 0
        ? `${name}: expected ${expected}, got none`
        : `${name}: expected ${expected}, got ${observed}; delete what an earlier deployment left there`,
    expected,
    observed,
    samples: taskSets.length,
    evidence: others.map((taskSet) => ({
      kind: 'state',
      subject: taskSet.taskSetArn,
      state: taskSet.status,
    })),
  };
}

function describe({ id, externalId, runningCount, pendingCount }: TaskSet): string {
  return `${runningCount + pendingCount} of ${id} (${externalId ?? 'no deployment'})`;
}
