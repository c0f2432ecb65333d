import type {
  BatchGetImageRequest,
  BatchGetImageResponse,
  DescribeImagesFilter,
  DescribeImagesRequest,
  DescribeImagesResponse,
  ImageDetail,
  ImageIdentifier,
  ListImagesRequest,
  ListImagesResponse,
} from '@aws-sdk/client-ecr';
import { artifactMediaType, imageSizeInBytes } from './artifact.ts';
import { ecrErrors } from './ecr-errors.ts';
import { checkImageIds, findImage } from './image-ids.ts';
import type { ImageScans } from './image-scans.ts';
import { pageOf } from './paging.ts';
import type { Repository, StoredImage } from './repository.ts';

/** DescribeImages. Ids and paging exclude each other (aws-facts 1.5). Throws AwsError. */
export function describeImages(
  repository: Repository,
  request: DescribeImagesRequest,
  scans: ImageScans,
): DescribeImagesResponse {
  const { imageIds, filter } = request;
  const describe = (image: StoredImage) => ({
    ...describeImage(repository, image),
    ...scans.summary(repository, image),
  });
  if (!imageIds) {
    const images = [...repository.images.values()].filter((image) =>
      passes(filter, repository.tagsOf(image.digest).length > 0),
    );
    const { items, nextToken } = pageOf(images, request);
    return { imageDetails: items.map(describe), ...(nextToken && { nextToken }) };
  }
  if (request.nextToken !== undefined || request.maxResults !== undefined) {
    throw ecrErrors.invalidParameter("'nextToken' and 'maxResults' cannot be used with 'imageIds'");
  }
  checkImageIds(imageIds);
  const found = new Set(imageIds.map((imageId) => requireImage(repository, imageId)));
  const images = [...found].filter(({ digest }) =>
    passes(filter, repository.tagsOf(digest).length > 0),
  );
  return { imageDetails: images.map(describe) };
}

/** ListImages: one id per tag, and one for each image without any. */
export function listImages(repository: Repository, request: ListImagesRequest): ListImagesResponse {
  const ids = [...repository.images.keys()].flatMap((imageDigest): ImageIdentifier[] => {
    const tags = repository.tagsOf(imageDigest);
    if (!passes(request.filter, tags.length > 0)) return [];
    return tags.length > 0
      ? tags.map((imageTag) => ({ imageDigest, imageTag }))
      : [{ imageDigest }];
  });
  const { items, nextToken } = pageOf(ids, request);
  return { imageIds: [...items], ...(nextToken && { nextToken }) };
}

/**
 * BatchGetImage: what cannot be had is in `failures`, with HTTP 200 (aws-facts 1.5). Manifests are never
 * converted: one whose type is not accepted counts as not found, where ECR might hand back another type.
 */
export function batchGetImage(
  repository: Repository,
  request: BatchGetImageRequest,
): BatchGetImageResponse {
  const imageIds = request.imageIds ?? [];
  checkImageIds(imageIds);
  const accepted = request.acceptedMediaTypes;
  const response = { images: [], failures: [] } as Required<BatchGetImageResponse>;
  for (const imageId of imageIds) {
    const found = findImage(repository, imageId);
    if ('failure' in found) {
      response.failures?.push(found.failure);
    } else if (
      accepted &&
      accepted.length > 0 &&
      !accepted.includes(found.image.parsed.mediaType)
    ) {
      response.failures?.push({
        imageId,
        failureCode: 'ImageNotFound',
        failureReason: `Requested image is stored as '${found.image.parsed.mediaType}', which acceptedMediaTypes does not list`,
      });
    } else {
      response.images?.push(toImage(repository, found.image, imageId.imageTag));
    }
  }
  return response;
}

/** The Image shape of BatchGetImage and PutImage. */
export function toImage(repository: Repository, image: StoredImage, imageTag: string | undefined) {
  return {
    registryId: repository.address.registryId,
    repositoryName: repository.address.name,
    imageId: { imageDigest: image.digest, ...(imageTag !== undefined && { imageTag }) },
    imageManifest: Buffer.from(image.manifest).toString('utf8'),
    imageManifestMediaType: image.parsed.mediaType,
  };
}

function describeImage(repository: Repository, image: StoredImage): ImageDetail {
  const { name, registryId } = repository.address;
  const imageTags = repository.tagsOf(image.digest);
  const artifact = artifactMediaType(image.parsed);
  const subject = image.parsed.content.subject?.digest;
  return {
    registryId,
    repositoryName: name,
    imageDigest: image.digest,
    ...(imageTags.length > 0 && { imageTags }),
    imageSizeInBytes: imageSizeInBytes(repository, image),
    imagePushedAt: new Date(image.pushedAtMs),
    imageManifestMediaType: image.parsed.mediaType,
    ...(artifact && { artifactMediaType: artifact }),
    ...(image.lastPulledAtMs !== undefined && {
      lastRecordedPullTime: new Date(image.lastPulledAtMs),
    }),
    ...(subject && { subjectManifestDigest: subject }),
    imageStatus: 'ACTIVE',
  };
}

/** Throws AwsError: a malformed id is InvalidParameterException, an absent image ImageNotFoundException. */
export function requireImage(repository: Repository, imageId: ImageIdentifier): StoredImage {
  const found = findImage(repository, imageId);
  if ('image' in found) return found.image;
  const { failureCode, failureReason = '' } = found.failure;
  if (failureCode === 'ImageNotFound' || failureCode === 'ImageTagDoesNotMatchDigest') {
    throw ecrErrors.imageNotFound(repository.address, imageId);
  }
  throw ecrErrors.invalidParameter(failureReason);
}

/** Every image here is ACTIVE: nothing is archived. */
function passes(filter: DescribeImagesFilter | undefined, tagged: boolean): boolean {
  const { tagStatus = 'ANY', imageStatus = 'ACTIVE' } = filter ?? {};
  if (imageStatus !== 'ACTIVE' && imageStatus !== 'ANY') return false;
  return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tagged;
}
