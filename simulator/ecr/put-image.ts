import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr';
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
 * AwsError; ECR tells nothing of a manifest that it does not take, the journal has the reason.
 */
export function putManifest(world: World, repository: Repository, put: ManifestPut): StoredImage {
  const { manifest, tag } = put;
  const digest = sha256Digest(manifest);
  if (manifest.length > maxManifestBytes) {
    throw ecrErrors.invalidParameterAt(
      'imageManifest',
      `must have at most ${maxManifestBytes} bytes`,
    );
  }
  if (tag !== undefined && !isImageTag(tag)) {
    throw ecrErrors.invalidParameterAt('imageTag', `must be an image tag, not '${tag}'`);
  }
  if (put.digest !== undefined && put.digest !== digest) {
    if (!isSha256Digest(put.digest)) {
      throw ecrErrors.invalidParameterAt('imageDigest', 'must be a sha256 digest');
    }
    throw ecrErrors.imageDigestDoesNotMatch(put.digest, digest);
  }
  const image = storeImage(world, repository, put, digest);
  world.journal.record('ecr.image-pushed', {
    repository: repository.address.name,
    digest,
    ...(tag !== undefined && { tag }),
  });
  publishImageAction(world, repository, image, { action: 'PUSH', tag });
  return image;
}

function storeImage(
  world: World,
  repository: Repository,
  { manifest, mediaType, tag }: ManifestPut,
  digest: string,
): StoredImage {
  const nowMs = world.clock.now();
  const retagged = world.settings.retaggedImagePushedAt;
  try {
    return repository.put({ digest, manifest, mediaType, tag, nowMs, retagged });
  } catch (error) {
    if (!(error instanceof InvalidManifestError)) throw error;
    const { name } = repository.address;
    world.journal.record('ecr.manifest-refused', { repository: name, reason: error.message });
    // For whatever is wrong, also a media type that neither manifest nor request tells (aws/aws-sdk issue 193).
    throw ecrErrors.invalidParameterAt('ImageManifest', 'Invalid JSON syntax');
  }
}

/** The API operation PutImage. Throws AwsError. */
export function putImage(
  world: World,
  repository: Repository,
  request: PutImageRequest,
): PutImageResponse {
  const { imageManifest = '', imageManifestMediaType, imageTag, imageDigest } = request;
  const image = putManifest(world, repository, {
    manifest: Buffer.from(imageManifest, 'utf8'),
    mediaType: imageManifestMediaType,
    tag: imageTag,
    digest: imageDigest,
  });
  return { image: toImage(repository, image, imageTag) };
}
