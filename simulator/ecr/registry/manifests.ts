import { AwsError } from '../../core/aws-error.ts';
import { isSha256Digest, sha256Digest } from '../../oci/digest.ts';
import { deleteImages } from '../delete-images.ts';
import { isImageTag } from '../image-ids.ts';
import { maxManifestBytes, putManifest } from '../put-image.ts';
import type { StoredImage } from '../repository.ts';
import { answerBytes, answerEmpty, type Exchange, readBody, repositoryPath } from './exchange.ts';
import { RegistryError } from './registry-error.ts';

/** GET and HEAD by tag or digest. The stored bytes, never converted to another media type. */
export function getManifest(exchange: Exchange): void {
  const { repository, reference } = exchange;
  requireReference(reference);
  const image = repository.find(reference);
  if (!image) {
    throw new RegistryError(
      404,
      'MANIFEST_UNKNOWN',
      `Requested image not found: there is no '${reference}' in ${repository.address.name}`,
    );
  }
  answerBytes(exchange, image.manifest, {
    'content-type': image.parsed.mediaType,
    'docker-content-digest': image.digest,
    etag: `"${image.digest}"`,
  });
}

/** PUT by tag or digest. Throws RegistryError or AwsError. */
export async function storeManifest(exchange: Exchange): Promise<void> {
  const { request, reference } = exchange;
  requireReference(reference);
  const byDigest = isSha256Digest(reference);
  const manifest = await readBody(request, maxManifestBytes);
  const put = {
    manifest,
    mediaType: request.headers['content-type']?.split(';')[0]?.trim(),
    tag: byDigest ? undefined : reference,
    digest: byDigest ? reference : undefined,
  };
  const image = putUnlessThere(exchange, put);
  const subject = image.parsed.content.subject?.digest;
  answerEmpty(exchange, 201, {
    location: repositoryPath(exchange, `manifests/${image.digest}`),
    'docker-content-digest': image.digest,
    ...(subject && { 'oci-subject': subject }),
  });
}

/**
 * DELETE by tag or digest, as BatchDeleteImage does it (ECR user guide, "Deleting signatures and other artifacts",
 * which shows the refusal as well). Throws RegistryError.
 */
export function deleteManifest(exchange: Exchange): void {
  const { model, world, repository, reference } = exchange;
  requireReference(reference);
  const imageId = isSha256Digest(reference) ? { imageDigest: reference } : { imageTag: reference };
  const { failures = [] } = deleteImages(model, world, repository, { imageIds: [imageId] });
  const { failureCode, failureReason = '' } = failures[0] ?? {};
  if (failureCode === 'ImageReferencedByManifestList') {
    throw new RegistryError(405, 'UNSUPPORTED', failureReason);
  }
  if (failureCode) throw new RegistryError(404, 'MANIFEST_UNKNOWN', failureReason);
  answerEmpty(exchange, 202, {});
}

/** Throws RegistryError for what is neither a digest nor a tag. */
function requireReference(reference: string): void {
  if (isSha256Digest(reference) || isImageTag(reference)) return;
  throw reference.includes(':')
    ? new RegistryError(400, 'DIGEST_INVALID', `'${reference}' is not a sha256 digest`)
    : new RegistryError(400, 'TAG_INVALID', `'${reference}' is not an image tag`);
}

/** Pushing again what is there succeeds for a client of the registry; only the API calls it an error. */
function putUnlessThere(
  { world, repository }: Exchange,
  put: Parameters<typeof putManifest>[2],
): StoredImage {
  try {
    return putManifest(world, repository, put);
  } catch (error) {
    const unchanged = error instanceof AwsError && error.code === 'ImageAlreadyExistsException';
    const image = unchanged ? repository.images.get(sha256Digest(put.manifest)) : undefined;
    if (image) return image;
    throw error;
  }
}
