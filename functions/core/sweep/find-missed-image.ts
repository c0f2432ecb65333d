import type { ServiceConfig } from '../config/schema.ts';
import { isImageMediaType } from '../image/release-image.ts';
import type { ImageDetail } from '../ports/image-registry.ts';
import type { ReleaseRequest } from '../release.ts';
import { matchesTagPatterns } from '../routing/tag-pattern.ts';
import { digestPart } from '../workflow/execution-name.ts';

export interface SweepWindow {
  /** Nothing pushed before is looked at: before Greengate was there, or too long ago. */
  readonly sinceMs: number;
  /** What was pushed after may still be on its way. */
  readonly untilMs: number;
}

/**
 * The newest image that a service takes, if no execution was ever started for it: its push event was lost, which
 * ECR's best effort allows (aws-facts 1.4). An older image that was missed is superseded by it anyway. Undefined
 * when there is nothing to start.
 */
export function findMissedImage(
  { name, image }: Pick<ServiceConfig, 'name' | 'image'>,
  images: readonly ImageDetail[],
  executionNames: readonly string[],
  { sinceMs, untilMs }: SweepWindow,
): ReleaseRequest | undefined {
  const newest = images
    .filter((one) => isImageMediaType(one.artifactMediaType))
    .map((one) => ({ ...one, tag: one.tags.find((tag) => matchesTagPatterns(tag, image.tags)) }))
    .filter((one) => one.tag !== undefined)
    .sort((a, b) => b.pushedAtMs - a.pushedAtMs)[0];
  if (newest?.tag === undefined) return undefined;
  const { digest, tag, pushedAtMs } = newest;
  if (pushedAtMs < sinceMs || pushedAtMs > untilMs) return undefined;
  const known = `${name}-${digestPart(digest)}-`;
  if (executionNames.some((executionName) => executionName.startsWith(known))) return undefined;
  return {
    service: name,
    repository: image.repository,
    tag,
    digest,
    pushedAt: new Date(pushedAtMs).toISOString(),
    // Of the push, not of the sweep: every sweep gives the execution the same name, so that only one starts.
    eventId: `sweep-${pushedAtMs}-${digestPart(digest)}`,
  };
}
