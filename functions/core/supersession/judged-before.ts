import type { ExecutionIdentity, Outcome, Release } from '../release.ts';
import { isFoundBySweep } from '../sweep/same-push.ts';
import { executionName } from '../workflow/execution-name.ts';
import type { NewerImage } from './newer-image.ts';

/** What is on record of a deployment that has ended. */
export interface JudgedRelease {
  readonly deploymentId: string;
  readonly outcome: Outcome;
  readonly release: Pick<Release, 'service' | 'repository' | 'tag' | 'digest' | 'pushedAt'>;
  readonly execution: Pick<ExecutionIdentity, 'executionName'>;
  /** ISO 8601. */
  readonly recordedAt: string;
}

const spoken: readonly Outcome[] = ['rolled-back', 'failed'];

/**
 * What takes the place of a push whose image has failed under another tag meanwhile: an image that is pushed as `v1.4.2`
 * and `v1.4` makes two pushes, and to deploy it again teaches nothing. A push that came after that was known is another
 * try, and what a person starts is another word for it; the sweep cannot tell when its pushes were. Undefined when there is nothing of the kind.
 */
export function judgedBefore(
  { release, execution }: { readonly release: Release; readonly execution: ExecutionIdentity },
  judged: JudgedRelease,
): NewerImage | undefined {
  const isPush = execution.executionName === executionName(release) && !isFoundBySweep(release);
  if (!isPush || execution.redriveCount > 0) return undefined;
  const { deploymentId, outcome, release: other, recordedAt } = judged;
  const { executionName: name } = judged.execution;
  const sameImage = (['service', 'repository', 'digest'] as const).every(
    (member) => other[member] === release[member],
  );
  const known = Date.parse(recordedAt) <= Date.parse(release.pushedAt);
  if (!sameImage || known || name === execution.executionName || !spoken.includes(outcome)) {
    return undefined;
  }
  const { tag, digest, pushedAt } = other;
  const sentence = `This very image was deployed before, as ${tag}, by execution ${name} as deployment ${deploymentId}, and ended as ${outcome}: its outcome is that execution's; to release it nonetheless, redrive that one, or start a new execution with the same input`;
  return { tag, digest, pushedAtMs: Date.parse(pushedAt), sentence };
}
