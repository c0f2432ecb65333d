import { AwsError } from '../core/aws-error.ts';

/** Where an error happened, as ECR's messages name it. */
export interface RepositoryAddress {
  readonly name: string;
  readonly registryId: string;
}

const within = ({ name, registryId }: RepositoryAddress) =>
  `the repository with name '${name}' in the registry with id '${registryId}'`;

export interface ImageIdentity {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

/** `{imageDigest:'…', imageTag:'…'}`, with null for what is not given. */
function identity({ imageDigest, imageTag }: ImageIdentity): string {
  return `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
}

/** The errors ECR answers with; wordings as clients and public threads quote them. */
export const ecrErrors = {
  invalidParameter: (message: string) =>
    new AwsError('InvalidParameterException', `Invalid parameter: ${message}`),

  invalidParameterAt: (member: string, constraint: string) =>
    new AwsError(
      'InvalidParameterException',
      `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`,
    ),

  repositoryNotFound: ({ name, registryId }: RepositoryAddress) =>
    new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
    ),

  repositoryAlreadyExists: ({ name, registryId }: RepositoryAddress) =>
    new AwsError(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
    ),

  repositoryNotEmpty: ({ name, registryId }: RepositoryAddress) =>
    new AwsError(
      'RepositoryNotEmptyException',
      `The repository with name '${name}' in registry with id '${registryId}' cannot be deleted because it still contains images`,
    ),

  imageNotFound: (address: RepositoryAddress, image: ImageIdentity) =>
    new AwsError(
      'ImageNotFoundException',
      `The image with imageId ${identity(image)} does not exist within ${within(address)}`,
    ),

  imageAlreadyExists: ({ name, registryId }: RepositoryAddress, digest: string, tag?: string) =>
    new AwsError(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}'${tag ? ` and tag '${tag}'` : ''} already exists in the repository with name '${name}' in registry with id '${registryId}'`,
    ),

  imageTagAlreadyExists: ({ name }: RepositoryAddress, tag: string) =>
    new AwsError(
      'ImageTagAlreadyExistsException',
      `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
    ),

  imageDigestDoesNotMatch: (expected: string, computed: string) =>
    new AwsError(
      'ImageDigestDoesNotMatchException',
      `The provided digest '${expected}' does not match the digest '${computed}' that was calculated by ECR`,
    ),

  layersNotFound: ({ name, registryId }: RepositoryAddress, digests: readonly string[]) =>
    new AwsError(
      'LayersNotFoundException',
      `Layers with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${registryId}' do not exist`,
    ),

  layerNotFound: (address: RepositoryAddress, digest: string) =>
    new AwsError(
      'LayersNotFoundException',
      `The layer with digest '${digest}' does not exist in ${within(address)}`,
    ),

  layerInaccessible: () =>
    new AwsError(
      'LayerInaccessibleException',
      'The specified layer is not available because it is not associated with an image. Unassociated image layers may be cleaned up at any time.',
    ),

  referencedImagesNotFound: ({ name, registryId }: RepositoryAddress, digests: readonly string[]) =>
    new AwsError(
      'ReferencedImagesNotFoundException',
      `Images with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${registryId}' do not exist`,
    ),

  scanNotFound: (address: RepositoryAddress, image: ImageIdentity) =>
    new AwsError(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '${identity(image)}' in ${within(address)}`,
    ),

  lifecyclePolicyNotFound: (address: RepositoryAddress) =>
    new AwsError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for ${within(address)}`,
    ),

  repositoryPolicyNotFound: (address: RepositoryAddress) =>
    new AwsError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for ${within(address)}`,
    ),

  uploadNotFound: (address: RepositoryAddress, uploadId: string) =>
    new AwsError(
      'UploadNotFoundException',
      `The upload with id '${uploadId}' does not exist in ${within(address)}`,
    ),
};
