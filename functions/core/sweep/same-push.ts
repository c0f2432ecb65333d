import type { ReleaseRequest } from '../release.ts';

/** A push event that is not here after this long, in milliseconds, will not come: EventBridge delivers within seconds. */
export const sweepGraceMs = 5 * 60_000;

/** Push events say whole seconds, ECR says milliseconds (aws-facts 1.1, 1.5). */
const eventPrecisionMs = 1_000;

/** An execution that Greengate started for a push. */
export interface StartedPush {
  readonly request: ReleaseRequest;
  readonly startedAtMs: number;
}

/** Whether the sweep made the request: it knows of no event, whose id else stands there. */
export function isFoundBySweep({ eventId }: Pick<ReleaseRequest, 'eventId'>): boolean {
  return eventId.startsWith('sweep-');
}

/**
 * Whether two executions are for one push: the sweep started one, as no event had come, and the late event started the
 * other. The sweep tells the earliest moment at which the push can have happened, and started it after it did.
 */
export function isSamePush(one: StartedPush, other: StartedPush): boolean {
  if (isFoundBySweep(one.request) === isFoundBySweep(other.request)) return false;
  const [swept, told] = isFoundBySweep(one.request) ? [one, other] : [other, one];
  const toldAtMs = Date.parse(told.request.pushedAt);
  return (
    sameImage(swept.request, told.request) &&
    toldAtMs + eventPrecisionMs > Date.parse(swept.request.pushedAt) &&
    toldAtMs <= swept.startedAtMs
  );
}

/** Whichever began first goes on; in the same millisecond the one whose event came. */
export function goesBefore(one: StartedPush, other: StartedPush): boolean {
  return one.startedAtMs === other.startedAtMs
    ? isFoundBySweep(other.request)
    : one.startedAtMs < other.startedAtMs;
}

function sameImage(one: ReleaseRequest, other: ReleaseRequest): boolean {
  return (['service', 'repository', 'tag', 'digest'] as const).every(
    (member) => one[member] === other[member],
  );
}
