import { AwsError } from '../../core/aws-error.ts';
import { UploadBusyError, UploadTooLargeError } from '../upload.ts';
import { DigestMismatchError } from '../uploads.ts';
import { RegistryError, type RegistryErrorCode } from './registry-error.ts';

/** How ECR's own errors look to a client of the registry; the texts stay. */
const byCode: Readonly<Record<string, readonly [number, RegistryErrorCode]>> = {
  AccessDeniedException: [403, 'DENIED'],
  RepositoryNotFoundException: [404, 'NAME_UNKNOWN'],
  ImageNotFoundException: [404, 'MANIFEST_UNKNOWN'],
  // Recorded: `blob upload unknown: Layers with digests …`, `manifest blob unknown: Images with digests …`.
  LayersNotFoundException: [404, 'BLOB_UPLOAD_UNKNOWN'],
  ReferencedImagesNotFoundException: [400, 'MANIFEST_BLOB_UNKNOWN'],
  ImageTagAlreadyExistsException: [400, 'TAG_INVALID'],
  ImageDigestDoesNotMatchException: [400, 'DIGEST_INVALID'],
  // Recorded: 405 for `Invalid parameter at 'ImageManifest' …`; clients take it as a reason to try another format.
  InvalidParameterException: [405, 'UNSUPPORTED'],
};

/** Undefined for an error that nobody foresaw. */
export function toRegistryError(error: unknown): RegistryError | undefined {
  if (error instanceof RegistryError) return error;
  if (error instanceof AwsError) {
    const known = byCode[error.code];
    return known && new RegistryError(...known, error.message);
  }
  if (error instanceof DigestMismatchError) {
    return new RegistryError(400, 'DIGEST_INVALID', error.message);
  }
  if (error instanceof UploadTooLargeError) {
    return new RegistryError(413, 'SIZE_INVALID', error.message);
  }
  if (error instanceof UploadBusyError) {
    return new RegistryError(409, 'BLOB_UPLOAD_INVALID', error.message);
  }
  return undefined;
}
