import type { ImageFailure, ImageFailureCode, ImageIdentifier } from '@aws-sdk/client-ecr';
import { isSha256Digest } from '../oci/digest.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { Repository, StoredImage } from './repository.ts';

/** The most image ids one request may carry (aws-facts 1.5). */
const maxImageIds = 100;
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

export function isImageTag(tag: string): boolean {
  return tagPattern.test(tag);
}

/** Throws AwsError InvalidParameterException. */
export function checkImageIds(imageIds: readonly ImageIdentifier[]): void {
  if (imageIds.length < 1 || imageIds.length > maxImageIds) {
    throw ecrErrors.invalidParameter(`'imageIds' must have 1 to ${maxImageIds} entries`);
  }
}

export type FoundImage = { readonly image: StoredImage } | { readonly failure: ImageFailure };

/** Finds an image by digest, tag, or both, in which case they must belong together (aws-facts 1.5). */
export function findImage(repository: Repository, imageId: ImageIdentifier): FoundImage {
  const { imageDigest, imageTag } = imageId;
  const failure = (failureCode: ImageFailureCode, failureReason: string): FoundImage => ({
    failure: { imageId, failureCode, failureReason },
  });
  if (imageDigest === undefined && imageTag === undefined) {
    return failure(
      'MissingDigestAndTag',
      'Invalid request parameters: both tag and digest cannot be null',
    );
  }
  if (imageDigest !== undefined && !isSha256Digest(imageDigest)) {
    return failure(
      'InvalidImageDigest',
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    );
  }
  if (imageTag !== undefined && !isImageTag(imageTag)) {
    return failure(
      'InvalidImageTag',
      `Invalid request parameters: '${imageTag}' is not an image tag`,
    );
  }
  const byTag = imageTag === undefined ? undefined : repository.tags.get(imageTag);
  if (byTag !== undefined && imageDigest !== undefined && byTag !== imageDigest) {
    return failure(
      'ImageTagDoesNotMatchDigest',
      'Invalid request parameters: given tag does not map to the given digest',
    );
  }
  const image = repository.images.get(byTag ?? imageDigest ?? '');
  if (!image || (imageTag !== undefined && byTag === undefined)) {
    return failure('ImageNotFound', 'Requested image not found');
  }
  return { image };
}
