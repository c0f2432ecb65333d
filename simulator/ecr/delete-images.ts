import type { BatchDeleteImageRequest, BatchDeleteImageResponse } from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import { publishImageAction } from './image-events.ts';
import { checkImageIds, findImage } from './image-ids.ts';
import type { EcrModel } from './model.ts';
import type { Repository } from './repository.ts';

/** BatchDeleteImage, and the blobs that nobody needs any more. Throws AwsError. */
export function deleteImages(
  model: EcrModel,
  world: World,
  repository: Repository,
  request: Pick<BatchDeleteImageRequest, 'imageIds'>,
): BatchDeleteImageResponse {
  const before = [...repository.layers.keys()];
  const deleted = batchDeleteImage(world, repository, request);
  model.collectBlobs(before);
  return deleted;
}

/**
 * BatchDeleteImage. By tag, only the tag goes while others remain; by digest, the image and all its tags.
 * An image that an index lists stays (ImageReferencedByManifestList). Ids are taken in the given order.
 */
function batchDeleteImage(
  world: World,
  repository: Repository,
  request: Pick<BatchDeleteImageRequest, 'imageIds'>,
): BatchDeleteImageResponse {
  const requested = request.imageIds ?? [];
  checkImageIds(requested);
  const response = { imageIds: [], failures: [] } as Required<BatchDeleteImageResponse>;
  for (const imageId of requested) {
    const { imageTag } = imageId;
    const found = findImage(repository, imageId);
    if ('failure' in found) {
      response.failures?.push(found.failure);
      continue;
    }
    const { image } = found;
    const tags = repository.tagsOf(image.digest);
    if (imageTag !== undefined && tags.length > 1) {
      repository.tags.delete(imageTag);
      response.imageIds?.push({ imageDigest: image.digest, imageTag });
      continue;
    }
    const indexes = repository.indexesWith(image.digest);
    if (indexes.length > 0) {
      response.failures?.push({
        imageId: { imageDigest: image.digest, ...(imageTag !== undefined && { imageTag }) },
        failureCode: 'ImageReferencedByManifestList',
        failureReason: `Requested image referenced by manifest list: [${indexes.map(({ digest }) => digest).join(', ')}]`,
      });
      continue;
    }
    repository.remove(image);
    for (const tag of tags.length > 0 ? tags : [undefined]) {
      response.imageIds?.push({
        imageDigest: image.digest,
        ...(tag !== undefined && { imageTag: tag }),
      });
      publishImageAction(world, repository, image, { action: 'DELETE', tag });
    }
  }
  return response;
}
