import type { ServiceConfig } from '../config/schema.ts';
import { isImageMediaType } from '../image/release-image.ts';
import type { ImageDetail } from '../ports/image-registry.ts';
import { matchesTagPatterns } from '../routing/tag-pattern.ts';
import type { KnownExecution } from './known-execution.ts';
import type { SeenTag, SweepMemory } from './sweep-memory.ts';

/** Of a tag, by digest. */
export interface TaggedImage {
  readonly tag: string;
  readonly image: ImageDetail;
}

/** What the tags name now that the service takes. */
export function matchingTags(
  { image: { tags: patterns } }: Pick<ServiceConfig, 'image'>,
  images: readonly ImageDetail[],
): TaggedImage[] {
  return images
    .filter((image) => isImageMediaType(image.artifactMediaType))
    .flatMap((image) => image.tags.map((tag) => ({ tag, image })))
    .filter(({ tag }) => matchesTagPatterns(tag, patterns))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** Push events say whole seconds only (aws-facts 1.1). */
const eventPrecisionMs = 1_000;

/**
 * The tags as they are, each marked as moved where it names something else than it did at the last sweep and than
 * the newest push asked for that came since. A new image under a tag is no move: its push is the newest image's, or
 * was overtaken by one. Without a memory nothing has moved: this is the first look.
 */
export function followTags(
  now: readonly TaggedImage[],
  memory: Pick<SweepMemory, 'tags' | 'sweptAtMs'> | undefined,
  executions: readonly KnownExecution[],
  nowMs: number,
): Readonly<Record<string, SeenTag>> {
  const entries = now.map(({ tag, image }): [string, SeenTag] => {
    const { digest, pushedAtMs } = image;
    if (memory === undefined) return [tag, { digest }];
    const before = Object.hasOwn(memory.tags, tag) ? memory.tags[tag] : undefined;
    const asked = newestPush(executions, tag, memory.sweptAtMs);
    if (asked === undefined && before?.digest === digest) return [tag, before];
    if (asked?.digest === digest) return [tag, { digest }];
    const notBeforeMs = Math.max(memory.sweptAtMs, asked?.pushedAtMs ?? 0);
    return pushedAtMs > notBeforeMs
      ? [tag, { digest }]
      : [tag, { digest, moved: { notBeforeMs, seenMs: nowMs } }];
  });
  return Object.fromEntries(entries);
}

/** By the time of the push: events arrive in any order (aws-facts 1.4). What a person chose tells of no tag. */
function newestPush(executions: readonly KnownExecution[], tag: string, sinceMs: number) {
  return executions
    .flatMap(({ asked, byHand }) => (asked === undefined || byHand ? [] : [asked]))
    .filter((asked) => asked.tag === tag && asked.pushedAtMs + eventPrecisionMs > sinceMs)
    .sort((a, b) => b.pushedAtMs - a.pushedAtMs)[0];
}
