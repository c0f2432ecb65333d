import type {
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  ObjectIdentifier,
  _Error as S3Error,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { Bucket } from './bucket.ts';
import type { S3Model } from './model.ts';
import { versionOf } from './object-operations.ts';
import type { ObjectVersion } from './object-version.ts';

/** Deletion of objects, of one and of many. */
export function deleteOperations(model: S3Model, world: World): Record<string, WireOperation> {
  return {
    DeleteObject: operation<DeleteObjectCommandInput, DeleteObjectCommandOutput>(
      ['Bucket', 'Key', 'VersionId', 'IfMatch'],
      ({ Bucket = '', Key = '', VersionId, IfMatch }) =>
        deletion(model.bucket(Bucket).delete(Key, world.clock.now(), VersionId, IfMatch)),
    ),
    DeleteObjects: operation<DeleteObjectsCommandInput, DeleteObjectsCommandOutput>(
      ['Bucket', 'Delete', 'ChecksumAlgorithm'],
      ({ Bucket = '', Delete }) => {
        const bucket = model.bucket(Bucket);
        if ((Delete?.Objects ?? []).length > 1000 || !Delete?.Objects?.length) {
          throw new AwsError(
            'MalformedXML',
            'The XML you provided was not well-formed or did not validate against our published schema',
          );
        }
        const results = Delete.Objects.map((one) => deleteOne(bucket, one, world.clock.now()));
        const Errors = results.flatMap(({ error }) => error ?? []);
        const Deleted = results.flatMap(({ deleted }) => deleted ?? []);
        return {
          ...(!Delete.Quiet && Deleted.length > 0 && { Deleted }),
          ...(Errors.length > 0 && { Errors }),
        };
      },
    ),
  };
}

function deletion(version: ObjectVersion | undefined) {
  if (!version) return {};
  return { ...versionOf(version), ...(version.deleteMarker ? { DeleteMarker: true } : {}) };
}

/** One object of DeleteObjects, whose ETag is a condition as If-Match is for DeleteObject. */
function deleteOne(
  bucket: Bucket,
  { Key = '', VersionId, ETag }: ObjectIdentifier,
  nowMs: number,
): { deleted?: DeletedObject; error?: S3Error } {
  const named = { Key, ...(VersionId ? { VersionId } : {}) };
  try {
    const version = bucket.delete(Key, nowMs, VersionId, ETag);
    return { deleted: { ...named, ...markerOf(version, VersionId) } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { error: { ...named, Code: error.code, Message: error.message } };
  }
}

/** DeleteObjects names the marker apart from the version that was asked for. */
function markerOf(version: ObjectVersion | undefined, asked: string | undefined) {
  if (!version?.deleteMarker) return {};
  return { DeleteMarker: true, DeleteMarkerVersionId: asked ?? version.versionId };
}
