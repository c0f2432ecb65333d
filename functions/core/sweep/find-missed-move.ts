import type { ServiceConfig } from '../config/schema.ts';
import { shortDigest } from '../image/digest.ts';
import type { ListedExecution } from '../ports/executions.ts';
import type { ReleaseRequest } from '../release.ts';
import { digestPart } from '../workflow/execution-name.ts';
import type { TaggedImage } from './follow-tags.ts';
import { executionPrefix, type KnownExecution } from './known-execution.ts';
import type { SeenMove, SeenTag } from './sweep-memory.ts';

export interface MissedMoves {
  /** The one move to release; undefined when there is none, or none yet. */
  readonly start: ReleaseRequest | undefined;
  /** Moves that nothing is started for, and why. */
  readonly overtaken: readonly { readonly request: ReleaseRequest; readonly reason: string }[];
  /** The tags without what is settled now. */
  readonly tags: Readonly<Record<string, SeenTag>>;
}

interface Executions {
  /** Described ones since the earliest move began. */
  readonly known: readonly KnownExecution[];
  /** All that are listed, by name only. */
  readonly listed: readonly Pick<ListedExecution, 'executionName' | 'startedAtMs'>[];
}

/**
 * Which of the moves no event was heard of (aws-facts 1.4). One is settled when its image was released or refused
 * since, by whomever. When something else was released since that a normal look for newer images would not find, the
 * order of the two is unknown, and what people saw happen stays. The release is dated as early as it can have been
 * pushed, so that every image pushed since supersedes it.
 */
export function findMissedMoves(
  { name, image: { repository } }: Pick<ServiceConfig, 'name' | 'image'>,
  now: readonly TaggedImage[],
  tags: Readonly<Record<string, SeenTag>>,
  { known, listed }: Executions,
  untilMs: number,
): MissedMoves {
  const isOver: string[] = [];
  const overtaken: { request: ReleaseRequest; reason: string }[] = [];
  const candidates: { request: ReleaseRequest; pushedAtMs: number }[] = [];
  for (const { tag, image } of now) {
    const { digest, pushedAtMs } = image;
    const moved = tags[tag]?.moved;
    if (moved === undefined) continue;
    const since = ({ startedAtMs }: { readonly startedAtMs: number }) =>
      startedAtMs >= moved.notBeforeMs;
    const prefix = executionPrefix(name, digest);
    const released =
      listed.filter(since).some(({ executionName }) => executionName.startsWith(prefix)) ||
      known.filter(since).some(({ asked }) => asked?.digest === digest);
    if (released) {
      isOver.push(tag);
      continue;
    }
    // Its event may still be on its way.
    if (moved.seenMs > untilMs) continue;
    isOver.push(tag);
    const request = requestOf({ name, repository }, tag, digest, moved);
    const rival = known.filter(since).find((one) => isRival(one, tag, moved, now));
    if (rival === undefined) candidates.push({ request, pushedAtMs });
    else overtaken.push({ request, reason: overtakenBy(rival.executionName, request) });
  }
  const [first, ...others] = candidates.sort((a, b) => b.pushedAtMs - a.pushedAtMs);
  for (const { request } of others) {
    if (first === undefined || request.digest === first.request.digest) continue;
    overtaken.push({ request, reason: overtakenBy(`tag "${first.request.tag}"`, request) });
  }
  const left = Object.entries(tags).map(([tag, seen]): [string, SeenTag] => [
    tag,
    isOver.includes(tag) ? { digest: seen.digest } : seen,
  ]);
  return { start: first?.request, overtaken, tags: Object.fromEntries(left) };
}

/** A later push of a new image is none: whoever resolves the release sees it. */
function isRival(
  { asked, byHand }: KnownExecution,
  tag: string,
  { notBeforeMs }: SeenMove,
  now: readonly TaggedImage[],
): boolean {
  if (byHand || asked === undefined) return true;
  // The push that the tag has moved away from.
  if (asked.tag === tag) return false;
  const image = now.find(({ image: { digest } }) => digest === asked.digest)?.image;
  return image === undefined || image.pushedAtMs <= notBeforeMs;
}

function requestOf(
  { name, repository }: { readonly name: string; readonly repository: string },
  tag: string,
  digest: string,
  { notBeforeMs, seenMs }: SeenMove,
): ReleaseRequest {
  return {
    service: name,
    repository,
    tag,
    digest,
    pushedAt: new Date(notBeforeMs).toISOString(),
    // Of the move as it was first seen: every sweep gives the execution the same name, so that only one starts.
    eventId: `sweep-moved-${seenMs}-${digestPart(digest)}`,
  };
}

function overtakenBy(what: string, { repository, tag, digest, pushedAt }: ReleaseRequest): string {
  return `Tag "${tag}" of ${repository} came to name ${shortDigest(digest)} after ${pushedAt}, without an event, and ${what} was released in the meantime: ECR does not say which came first, so what was released stays; push the tag again to release it`;
}
