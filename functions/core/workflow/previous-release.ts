import type { ReleaseRequest } from '../release.ts';

/** A deployment of the past that succeeded, as its record tells of it. */
export interface PastRelease {
  readonly deploymentId: string;
  readonly request: ReleaseRequest;
}

/**
 * The release that was in production before the image that runs now, of `history`, newest first; undefined when there
 * is none on record. What was rolled back by hand does not count any more: after C was taken back to B, one goes
 * from B to A, and not to C again.
 */
export function previousRelease(
  history: readonly PastRelease[],
  runningDigest: string | undefined,
): PastRelease | undefined {
  let returning = false;
  for (const past of history) {
    const { digest, byHand } = past.request;
    if (digest === runningDigest) {
      // What runs was returned to: all between that and its own first time was taken back.
      returning = byHand === 'rollback';
    } else if (!returning) {
      return past;
    }
  }
  return undefined;
}
