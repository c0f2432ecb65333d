import type { ServiceConfig } from '../config/schema.ts';
import { shortDigest } from '../image/digest.ts';
import { isImageMediaType } from '../image/release-image.ts';
import type { ImageDetail } from '../ports/image-registry.ts';
import type { ReleaseRequest } from '../release.ts';
import { matchesTagPatterns } from '../routing/tag-pattern.ts';

/** What takes a release's place. */
export interface NewerImage {
  readonly tag: string;
  readonly digest: string;
  /** Epoch milliseconds. */
  readonly pushedAtMs: number;
  /** Why the release is superseded, for people. */
  readonly sentence: string;
}

type ImageRule = Pick<ServiceConfig['image'], 'tags'>;
type Push = Pick<ReleaseRequest, 'repository' | 'tag' | 'digest' | 'pushedAt'>;

/** The image that a tag names now, when that is not the image that was pushed under it. */
export function movedTag(tagged: ImageDetail, push: Push): NewerImage | undefined {
  if (tagged.digest === push.digest) return undefined;
  return {
    tag: push.tag,
    digest: tagged.digest,
    pushedAtMs: tagged.pushedAtMs,
    sentence: `Tag "${push.tag}" of ${push.repository} names ${shortDigest(tagged.digest)} now, no longer ${shortDigest(push.digest)} that was pushed`,
  };
}

/**
 * The newest other image that a matching tag names and that was pushed after this release, undefined
 * when this release is the one to deploy.
 *
 * Newer means later than both the image's own push and the push event. The event counts because a tag
 * that moves back to an earlier digest is a push whose image is old. The image's own time counts because
 * event times have whole seconds only: of two pushes within one second, each would else be superseded
 * by the other. Of any set of pushes the one whose image was pushed last is never superseded.
 */
export function newestImageAfter(
  push: Push,
  images: readonly ImageDetail[],
  rule: ImageRule,
): NewerImage | undefined {
  const own = images.find(({ digest }) => digest === push.digest);
  const sinceMs = Math.max(Date.parse(push.pushedAt), own?.pushedAtMs ?? 0);
  let newest: { readonly image: ImageDetail; readonly tag: string } | undefined;
  for (const image of images) {
    const tag = image.tags.find((candidate) => matchesTagPatterns(candidate, rule.tags));
    if (tag === undefined || image.digest === push.digest || image.pushedAtMs <= sinceMs) continue;
    if (!isImageMediaType(image.artifactMediaType)) continue;
    if (newest === undefined || image.pushedAtMs > newest.image.pushedAtMs) newest = { image, tag };
  }
  if (newest === undefined) return undefined;
  const { image, tag } = newest;
  const pushedAt = new Date(image.pushedAtMs).toISOString();
  return {
    tag,
    digest: image.digest,
    pushedAtMs: image.pushedAtMs,
    sentence: `Image ${push.repository}:${tag} (${shortDigest(image.digest)}), pushed at ${pushedAt}, is newer than ${push.tag} (${shortDigest(push.digest)}), pushed at ${push.pushedAt}`,
  };
}
