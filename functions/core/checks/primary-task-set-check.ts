import type { TaskSet } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';

/** Judges after a rollback that the PRIMARY task set is not the one that the failed deployment made, and has tasks. */
export function judgePrimaryTaskSet(
  failedDeploymentId: string,
  primary: TaskSet | undefined,
): CheckResult {
  const name = 'primary task set';
  const expected = `the original task set to be PRIMARY, not that of ${failedDeploymentId}`;
  const idle =
    primary !== undefined && primary.computedDesiredCount > 0 && primary.runningCount === 0;
  const observed =
    primary === undefined
      ? 'no PRIMARY task set'
      : `${primary.id} of ${primary.externalId ?? 'no deployment'}${idle ? ' without a running task' : ''}`;
  const wrong = primary === undefined || idle || primary.externalId === failedDeploymentId;
  return {
    name,
    type: 'task-set',
    verdict: wrong ? 'fail' : 'pass',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: primary === undefined ? 0 : 1,
    evidence:
      primary === undefined
        ? []
        : [{ kind: 'state', subject: primary.taskSetArn, state: primary.status }],
  };
}
