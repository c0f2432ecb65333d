import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { isSha256Digest, sha256Digest } from '../oci/digest.ts';
import { InvalidManifestError } from '../oci/parse-manifest.ts';
import { ecrErrors } from './ecr-errors.ts';
import { publishImageAction } from './image-events.ts';
import { isImageTag } from './image-ids.ts';
import { toImage } from './read-images.ts';
import type { Repository, StoredImage } from './repository.ts';

/** Characters of a manifest ECR takes (aws-facts 1.5). */
export const maxManifestBytes = 4_194_304;

export interface ManifestPut {
  readonly manifest: Uint8Array;
  readonly mediaType: string | undefined;
  readonly tag: string | undefined;
  /** What the client computed, if it said so. */
  readonly digest: string | undefined;
}

/**
 * Stores a manifest and, unless nothing changed, announces it: one event per put (aws-facts 1.2). Throws
 * AwsError, and InvalidManifestError for a manifest that cannot be read.
 */
export function putManifest(world: World, repository: Repository, put: ManifestPut): StoredImage {
  const { manifest, tag } = put;
  const digest = sha256Digest(manifest);
  if (manifest.length > maxManifestBytes) {
    throw ecrErrors.invalidParameter(`the manifest has more than ${maxManifestBytes} bytes`);
  }
  if (tag !== undefined && !isImageTag(tag)) {
    throw ecrErrors.invalidParameter(`'${tag}' at 'imageTag' is not an image tag`);
  }
  if (put.digest !== undefined && put.digest !== digest) {
    if (!isSha256Digest(put.digest)) {
      throw ecrErrors.invalidParameter(`'${put.digest}' at 'imageDigest' is not a sha256 digest`);
    }
    throw ecrErrors.imageDigestDoesNotMatch(put.digest, digest);
  }
  const nowMs = world.clock.now();
  const retagged = world.settings.retaggedImagePushedAt;
  const image = repository.put({
    digest,
    manifest,
    mediaType: put.mediaType,
    tag,
    nowMs,
    retagged,
  });
  world.journal.record('ecr.image-pushed', {
    repository: repository.address.name,
    digest,
    ...(tag !== undefined && { tag }),
  });
  publishImageAction(world, repository, image, { action: 'PUSH', tag });
  return image;
}

/** The API operation PutImage. Throws AwsError. */
export function putImage(
  world: World,
  repository: Repository,
  request: PutImageRequest,
): PutImageResponse {
  const { imageManifest = '', imageManifestMediaType, imageTag, imageDigest } = request;
  try {
    const image = putManifest(world, repository, {
      manifest: Buffer.from(imageManifest, 'utf8'),
      mediaType: imageManifestMediaType,
      tag: imageTag,
      digest: imageDigest,
    });
    return { image: toImage(repository, image, imageTag) };
  } catch (error) {
    if (!(error instanceof InvalidManifestError)) throw error;
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter at 'ImageManifest' failed to satisfy constraint: ${error.message}`,
    );
  }
}
