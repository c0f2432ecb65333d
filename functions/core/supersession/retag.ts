import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { digestRule, tagRule } from '../events/text-rules.ts';
import { shortDigest } from '../image/digest.ts';
import type { ImageDetail } from '../ports/image-registry.ts';
import type { ReleaseRequest } from '../release.ts';
import { executionName } from '../workflow/execution-name.ts';
import type { NewerImage } from './newer-image.ts';

/**
 * The last push that put a tag on an image of long ago, `pushes/retags/SERVICE.json`: who goes back by a tag of its
 * own, as `prod-43`, or whose build makes the same image again. ECR keeps the time of the image's first push, so that
 * an image pushed in between looks newer, and only this tells otherwise.
 */
export interface Retag {
  readonly tag: string;
  readonly digest: string;
  /** ISO 8601; when the tag was pushed, not the image. */
  readonly pushedAt: string;
}

/** How much later than its image a push must be to be no part of it: event and image are told by two clocks. */
export const leastRetagAgeMs = 60_000;

/**
 * The retag that a push is, undefined for one that brought its image. Of one that the sweep found the time is the
 * earliest at which it can have happened (core/sweep/find-missed-move.ts): what was pushed before that is older.
 */
export function retagOf(
  request: ReleaseRequest,
  execution: { readonly executionName: string },
  image: Pick<ImageDetail, 'pushedAtMs'> | undefined,
): Retag | undefined {
  const { tag, digest, pushedAt } = request;
  if (execution.executionName !== executionName(request) || image === undefined) return undefined;
  if (Date.parse(pushedAt) - image.pushedAtMs < leastRetagAgeMs) return undefined;
  return { tag, digest, pushedAt };
}

/** Whether one retag was pushed after another, or is the first. */
export function isLaterRetag(one: Retag, other: Retag | undefined): boolean {
  return other === undefined || Date.parse(one.pushedAt) > Date.parse(other.pushedAt);
}

/**
 * The retag as what takes a release's place: pushed later than the release, by event and by image, and its tag still
 * there. By the same measure a newer image is found (newer-image.ts), so that no two pushes supersede each other.
 */
export function supersedingRetag(
  retag: Retag,
  push: Pick<ReleaseRequest, 'tag' | 'digest' | 'pushedAt'>,
  images: readonly ImageDetail[],
): NewerImage | undefined {
  const own = images.find(({ digest }) => digest === push.digest);
  const sinceMs = Math.max(Date.parse(push.pushedAt), own?.pushedAtMs ?? 0);
  const pushedAtMs = Date.parse(retag.pushedAt);
  const tagged = images.find(({ tags }) => tags.includes(retag.tag));
  if (retag.digest === push.digest || tagged?.digest !== retag.digest) return undefined;
  if (pushedAtMs <= sinceMs) return undefined;
  const { tag, digest, pushedAt } = retag;
  const sentence = `Tag "${tag}" was put on ${shortDigest(digest)} at ${pushedAt}, after ${push.tag} (${shortDigest(push.digest)}) was pushed at ${push.pushedAt}`;
  return { tag, digest, pushedAtMs, sentence };
}

/** Undefined for what is no retag, which then supersedes nothing. */
export function parseRetag(document: unknown): Retag | undefined {
  try {
    const reader = MemberReader.of(document);
    const retag = {
      tag: reader.text('tag', tagRule),
      digest: reader.text('digest', digestRule),
      pushedAt: reader.instant('pushedAt'),
    };
    reader.finish('the record of a tag on an older image');
    return retag;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
