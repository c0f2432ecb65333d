import type {
  BatchCheckLayerAvailabilityRequest,
  BatchCheckLayerAvailabilityResponse,
  CompleteLayerUploadRequest,
  CompleteLayerUploadResponse,
  UploadLayerPartRequest,
  UploadLayerPartResponse,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../core/aws-error.ts';
import { isSha256Digest } from '../oci/digest.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { Repository } from './repository.ts';
import { type Upload, UploadTooLargeError } from './upload.ts';
import { DigestMismatchError, type Uploads } from './uploads.ts';

/** What InitiateLayerUpload tells clients to use, bytes. */
export const layerPartSize = 10_485_760;
/** Every part but the last must have this many bytes. */
const minPartSize = 5_242_880;

export function batchCheckLayerAvailability(
  repository: Repository,
  { layerDigests = [] }: BatchCheckLayerAvailabilityRequest,
): BatchCheckLayerAvailabilityResponse {
  if (layerDigests.length < 1 || layerDigests.length > 100) {
    throw ecrErrors.invalidParameter("'layerDigests' must have 1 to 100 entries");
  }
  return {
    layers: layerDigests.filter(isSha256Digest).map((layerDigest) => {
      const layerSize = repository.layers.get(layerDigest);
      return layerSize === undefined
        ? { layerDigest, layerAvailability: 'UNAVAILABLE' }
        : { layerDigest, layerAvailability: 'AVAILABLE', layerSize };
    }),
    failures: layerDigests
      .filter((layerDigest) => !isSha256Digest(layerDigest))
      .map((layerDigest) => ({
        layerDigest,
        failureCode: 'InvalidLayerDigest',
        failureReason: `Invalid layer digest: '${layerDigest}' is not sha256: and 64 hex digits`,
      })),
  };
}

/** Adds one part, which must follow the last one without a gap. Throws AwsError. */
export async function uploadLayerPart(
  repository: Repository,
  uploads: Uploads,
  request: UploadLayerPartRequest,
): Promise<UploadLayerPartResponse> {
  const { partFirstByte, partLastByte = 0, layerPartBlob = new Uint8Array() } = request;
  const upload = requireUpload(repository, uploads, request.uploadId);
  const where = { ...ids(repository), uploadId: upload.id };
  if (partFirstByte !== upload.size || partLastByte - upload.size + 1 !== layerPartBlob.length) {
    const lastValidByteReceived = Math.max(0, upload.size - 1);
    throw new AwsError(
      'InvalidLayerPartException',
      `Part ${partFirstByte} to ${partLastByte} of ${layerPartBlob.length} bytes does not follow the ${upload.size} bytes received so far`,
      { members: { ...where, lastValidByteReceived } },
    );
  }
  if (upload.size > 0 && upload.lastPartBytes < minPartSize) {
    throw new AwsError(
      'LayerPartTooSmallException',
      `Layer parts must have at least ${minPartSize} bytes, the last one excepted`,
    );
  }
  try {
    await upload.append([layerPartBlob]);
  } catch (error) {
    if (!(error instanceof UploadTooLargeError)) throw error;
    throw new AwsError('LimitExceededException', error.message);
  }
  return { ...where, lastByteReceived: upload.size - 1 };
}

/** Ends an upload. Throws AwsError. */
export async function completeLayerUpload(
  repository: Repository,
  uploads: Uploads,
  { uploadId, layerDigests = [] }: CompleteLayerUploadRequest,
): Promise<CompleteLayerUploadResponse> {
  const upload = requireUpload(repository, uploads, uploadId);
  const layerDigest = layerDigests.find(isSha256Digest);
  if (layerDigest === undefined) {
    throw ecrErrors.invalidParameter("'layerDigests' must have a sha256 digest");
  }
  if (upload.size === 0) {
    throw new AwsError('EmptyUploadException', `The upload with id '${upload.id}' has no parts`);
  }
  if (repository.layers.has(layerDigest)) {
    await uploads.cancel(upload);
    throw new AwsError(
      'LayerAlreadyExistsException',
      `The layer with digest '${layerDigest}' already exists in the repository with name '${repository.address.name}' in registry with id '${repository.address.registryId}'`,
    );
  }
  try {
    await uploads.complete(upload, repository, layerDigest);
  } catch (error) {
    if (!(error instanceof DigestMismatchError)) throw error;
    throw new AwsError('InvalidLayerException', error.message);
  }
  return { ...ids(repository), uploadId: upload.id, layerDigest };
}

function requireUpload(repository: Repository, uploads: Uploads, uploadId = ''): Upload {
  const upload = uploads.find(uploadId, repository);
  if (!upload) throw ecrErrors.uploadNotFound(repository.address, uploadId);
  return upload;
}

function ids({ address }: Repository) {
  return { registryId: address.registryId, repositoryName: address.name };
}
