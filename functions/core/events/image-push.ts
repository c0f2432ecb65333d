import { shortDigest } from '../image/digest.ts';
import { isImageMediaType, isReferrerTag } from '../image/release-image.ts';
import { MemberReader } from './member-reader.ts';
import { digestRule, eventIdRule, repositoryRule, tagRule } from './text-rules.ts';

/** A tagged image was pushed. */
export interface ImagePush {
  readonly kind: 'push';
  /** The same on every redelivery of one push (aws-facts 1.4). */
  readonly eventId: string;
  /** ISO 8601, whole seconds. */
  readonly pushedAt: string;
  /** Full name without registry host. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** A well-formed event that no release comes of. */
export interface IgnoredEvent {
  readonly kind: 'ignored';
  readonly eventId: string;
  /** One sentence for people. */
  readonly reason: string;
  /** Of a push: what was pushed. */
  readonly image?: { readonly repository: string; readonly digest: string };
}

/**
 * Reads an event as ECR sends it for a push (aws-facts 1.1, 1.2): leniently about members it does not
 * need, strictly about those it does. Throws InvalidEventError that names everything that is wrong.
 */
export function parseImagePush(event: unknown): ImagePush | IgnoredEvent {
  const what = 'the event as an ECR image push';
  const envelope = MemberReader.of(event);
  const eventId = envelope.text('id', eventIdRule);
  const source = envelope.text('source');
  const detailType = envelope.text('detail-type');
  envelope.finish(what);
  const ignored = (reason: string): IgnoredEvent => ({ kind: 'ignored', eventId, reason });
  if (source !== 'aws.ecr' || detailType !== 'ECR Image Action') {
    return ignored(`The event is "${detailType}" of ${source}, not an ECR image action`);
  }

  const detail = envelope.members('detail');
  const action = detail.text('action-type');
  const repository = detail.text('repository-name', repositoryRule);
  const digest = detail.text('image-digest', digestRule);
  const result = detail.optionalText('result');
  const tag = detail.optionalText('image-tag', tagRule);
  const artifactMediaType = detail.optionalText('artifact-media-type');
  const pushedAt = envelope.instant('time');
  envelope.finish(what);

  const image = `${repository}@${shortDigest(digest)}`;
  const ignoredPush = (reason: string) => ({ ...ignored(reason), image: { repository, digest } });
  if (action !== 'PUSH') {
    return ignored(`The event reports ${action} of ${image}, not a push`);
  }
  if (result !== undefined && result !== 'SUCCESS') {
    return ignored(`The push of ${image} ended with ${result}`);
  }
  if (tag === undefined) {
    return ignoredPush(
      `Image ${image} was pushed without a tag, as children of an index and attestations are`,
    );
  }
  if (isReferrerTag(tag)) {
    return ignoredPush(
      `Tag "${tag}" marks a signature, an attestation or an index of another image`,
    );
  }
  if (!isImageMediaType(artifactMediaType)) {
    return ignoredPush(
      `${repository}:${tag} is an artifact of type ${artifactMediaType}, not an image`,
    );
  }
  return { kind: 'push', eventId, pushedAt, repository, tag, digest };
}
