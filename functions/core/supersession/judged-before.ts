import type { Ending } from '../deployment/deployment-record.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import { isFoundBySweep } from '../sweep/same-push.ts';
import { executionName } from '../workflow/execution-name.ts';

/** What is on record of a deployment that has ended. */
export type JudgedRelease = Ending & {
  readonly deploymentId: string;
  readonly release: Pick<Release, 'service' | 'repository' | 'tag' | 'digest'>;
  readonly execution: Pick<ExecutionIdentity, 'executionName'>;
  /** ISO 8601. */
  readonly recordedAt: string;
};

/** How a deployment failed that counts for another push of its image as well. */
export type JudgedBefore = Extract<Ending, { readonly outcome: 'rolled-back' | 'failed' }> & {
  readonly deploymentId: string;
};

/**
 * How the image of a push has failed under another tag meanwhile: one that is pushed as `v1.4.2` and `v1.4` makes two
 * pushes, and to deploy it again teaches nothing. A push that came after that was known is another try, and what a
 * person starts is another word for it; the sweep cannot tell when its pushes were. Undefined when it has not failed.
 */
export function judgedBefore(
  { release, execution }: { readonly release: Release; readonly execution: ExecutionIdentity },
  judged: JudgedRelease,
): JudgedBefore | undefined {
  const isPush = execution.executionName === executionName(release) && !isFoundBySweep(release);
  if (!isPush || release.force === true || execution.redriveCount > 0) return undefined;
  if (judged.outcome !== 'rolled-back' && judged.outcome !== 'failed') return undefined;
  const { deploymentId, release: other, recordedAt } = judged;
  const { executionName: name } = judged.execution;
  const sameImage = (['service', 'repository', 'digest'] as const).every(
    (member) => other[member] === release[member],
  );
  const known = Date.parse(recordedAt) <= Date.parse(release.pushedAt);
  if (!sameImage || known || name === execution.executionName) return undefined;
  const reason = `${judged.reason}; this push of ${release.tag} is of the very image that execution ${name} deployed as ${other.tag}, deployment ${deploymentId}: redrive it to try again`;
  return judged.outcome === 'rolled-back'
    ? { outcome: judged.outcome, error: judged.error, reason, deploymentId }
    : { outcome: judged.outcome, error: judged.error, reason, deploymentId };
}
