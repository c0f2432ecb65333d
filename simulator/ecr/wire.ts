import type {
  BatchCheckLayerAvailabilityCommandInput,
  BatchCheckLayerAvailabilityCommandOutput,
  BatchDeleteImageCommandInput,
  BatchDeleteImageCommandOutput,
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  CompleteLayerUploadCommandInput,
  CompleteLayerUploadCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  GetAuthorizationTokenCommandInput,
  GetAuthorizationTokenCommandOutput,
  GetDownloadUrlForLayerCommandInput,
  GetDownloadUrlForLayerCommandOutput,
  InitiateLayerUploadCommandInput,
  InitiateLayerUploadCommandOutput,
  ListImageReferrersCommandInput,
  ListImageReferrersCommandOutput,
  ListImagesCommandInput,
  ListImagesCommandOutput,
  PutImageCommandInput,
  PutImageCommandOutput,
  UploadLayerPartCommandInput,
  UploadLayerPartCommandOutput,
} from '@aws-sdk/client-ecr';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { accountSettingOperations } from './account-settings.ts';
import { authorizationData } from './authorization-token.ts';
import { deleteImages } from './delete-images.ts';
import { ecrErrors } from './ecr-errors.ts';
import {
  batchCheckLayerAvailability,
  completeLayerUpload,
  layerPartSize,
  uploadLayerPart,
} from './layers.ts';
import { lifecycleOperations } from './lifecycle/lifecycle-operations.ts';
import { listImageReferrers } from './list-referrers.ts';
import type { EcrModel } from './model.ts';
import { policyOperations } from './policy-operations.ts';
import { putImage } from './put-image.ts';
import { batchGetImage, describeImages, listImages } from './read-images.ts';
import { registryOperations } from './registry-operations.ts';
import { repositoryOperations } from './repository-operations.ts';
import { scanOperations } from './scan-operations.ts';
import { tagOperations } from './tag-operations.ts';

/** The ECR API on images and layers; that on repositories is in repository-operations.ts. */
export function ecrWire(model: EcrModel, world: World): WireService {
  const find = (request: {
    repositoryName?: string | undefined;
    registryId?: string | undefined;
  }) => model.repositories.get(request.repositoryName, request.registryId);

  return {
    name: 'ecr',
    operations: {
      ...repositoryOperations(model, world),
      ...scanOperations(model, world),
      ...lifecycleOperations(model),
      ...policyOperations(model),
      ...registryOperations(model, world),
      ...tagOperations(model, world),
      ...accountSettingOperations(model.accountSettings),

      PutImage: operation<PutImageCommandInput, PutImageCommandOutput>(
        [
          'registryId',
          'repositoryName',
          'imageManifest',
          'imageManifestMediaType',
          'imageTag',
          'imageDigest',
        ],
        (input) => putImage(world, find(input), input),
      ),
      DescribeImages: operation<DescribeImagesCommandInput, DescribeImagesCommandOutput>(
        ['registryId', 'repositoryName', 'imageIds', 'nextToken', 'maxResults', 'filter'],
        (input) => describeImages(find(input), input, model.scans),
      ),
      ListImages: operation<ListImagesCommandInput, ListImagesCommandOutput>(
        ['registryId', 'repositoryName', 'nextToken', 'maxResults', 'filter'],
        (input) => listImages(find(input), input),
      ),
      ListImageReferrers: operation<
        ListImageReferrersCommandInput,
        ListImageReferrersCommandOutput
      >(
        ['registryId', 'repositoryName', 'subjectId', 'filter', 'nextToken', 'maxResults'],
        (input) => listImageReferrers(find(input), input),
      ),
      BatchGetImage: operation<BatchGetImageCommandInput, BatchGetImageCommandOutput>(
        ['registryId', 'repositoryName', 'imageIds', 'acceptedMediaTypes'],
        (input) => batchGetImage(find(input), input),
      ),
      BatchDeleteImage: operation<BatchDeleteImageCommandInput, BatchDeleteImageCommandOutput>(
        ['registryId', 'repositoryName', 'imageIds'],
        (input) => deleteImages(model, world, find(input), input),
      ),
      BatchCheckLayerAvailability: operation<
        BatchCheckLayerAvailabilityCommandInput,
        BatchCheckLayerAvailabilityCommandOutput
      >(['registryId', 'repositoryName', 'layerDigests'], (input) =>
        batchCheckLayerAvailability(find(input), input),
      ),
      GetDownloadUrlForLayer: operation<
        GetDownloadUrlForLayerCommandInput,
        GetDownloadUrlForLayerCommandOutput
      >(['registryId', 'repositoryName', 'layerDigest'], (input) => {
        const repository = find(input);
        const { layerDigest = '' } = input;
        if (!repository.layers.has(layerDigest)) {
          throw ecrErrors.layerNotFound(repository.address, layerDigest);
        }
        if (!repository.hasMountableLayer(layerDigest)) throw ecrErrors.layerInaccessible();
        // AWS answers with a pre-signed S3 URL; this one needs no signature either.
        const path = `/v2/${repository.address.name}/blobs/${layerDigest}`;
        const signature = `?X-Amz-Signature=${layerDigest.slice('sha256:'.length)}`;
        return { downloadUrl: `${world.endpoint()}${path}${signature}`, layerDigest };
      }),
      InitiateLayerUpload: operation<
        InitiateLayerUploadCommandInput,
        InitiateLayerUploadCommandOutput
      >(['registryId', 'repositoryName'], (input) => ({
        uploadId: model.uploads.begin(find(input)).id,
        partSize: layerPartSize,
      })),
      UploadLayerPart: operation<UploadLayerPartCommandInput, UploadLayerPartCommandOutput>(
        [
          'registryId',
          'repositoryName',
          'uploadId',
          'partFirstByte',
          'partLastByte',
          'layerPartBlob',
        ],
        (input) =>
          world.clock.during('upload layer part', () =>
            uploadLayerPart(find(input), model.uploads, input),
          ),
      ),
      CompleteLayerUpload: operation<
        CompleteLayerUploadCommandInput,
        CompleteLayerUploadCommandOutput
      >(['registryId', 'repositoryName', 'uploadId', 'layerDigests'], (input) =>
        world.clock.during('complete layer upload', () =>
          completeLayerUpload(find(input), model.uploads, input),
        ),
      ),
      GetAuthorizationToken: operation<
        GetAuthorizationTokenCommandInput,
        GetAuthorizationTokenCommandOutput
      >(['registryIds'], ({ registryIds = [] }, { caller }) => ({
        authorizationData: authorizationData(world, model.credentials, registryIds, caller),
      })),
    },
  };
}
