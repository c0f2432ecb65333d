import type {
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { noSuchKey, preconditionFailed, sameEtag } from './bucket.ts';
import { parseByteRange } from './byte-range.ts';
import { verifiedChecksums } from './checksums.ts';
import type { S3Model } from './model.ts';
import type { ObjectHeaders, ObjectVersion } from './object-version.ts';

const putMembers = [
  'Bucket',
  'Key',
  'Body',
  'ContentType',
  'ContentLength',
  'ContentEncoding',
  'ContentLanguage',
  'ContentDisposition',
  'CacheControl',
  'Metadata',
  'ContentMD5',
  'ChecksumAlgorithm',
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
  'IfMatch',
  'IfNoneMatch',
  'ServerSideEncryption',
] as const;
const readMembers = [
  'Bucket',
  'Key',
  'Range',
  'VersionId',
  'IfMatch',
  'IfNoneMatch',
  'ChecksumMode',
] as const;

/** Operations on objects. */
export function objectOperations(model: S3Model, world: World): Record<string, WireOperation> {
  return {
    PutObject: operation<PutObjectCommandInput, PutObjectCommandOutput>(putMembers, (input) =>
      putObject(model, input),
    ),
    GetObject: operation<GetObjectCommandInput, GetObjectCommandOutput>(readMembers, (input) => {
      const object = find(model, input);
      const part = describe(object, input);
      const { first = 0, last = object.body.length - 1 } = part.range ?? {};
      const body: unknown = object.body.subarray(first, last + 1);
      return { ...part.output, Body: body as NonNullable<GetObjectCommandOutput['Body']> };
    }),
    HeadObject: operation<HeadObjectCommandInput, HeadObjectCommandOutput>(readMembers, (input) => {
      try {
        return describe(find(model, input), input).output;
      } catch (error) {
        // An answer to HEAD has no body, so that its error has no code of its own.
        if (error instanceof AwsError && error.code === 'NoSuchKey') {
          throw new AwsError('NotFound', error.message, { status: 404 });
        }
        throw error;
      }
    }),
    DeleteObject: operation<DeleteObjectCommandInput, DeleteObjectCommandOutput>(
      ['Bucket', 'Key', 'VersionId'],
      ({ Bucket = '', Key = '', VersionId }) =>
        deletion(model.bucket(Bucket).delete(Key, world.clock.now(), VersionId)),
    ),
    DeleteObjects: operation<DeleteObjectsCommandInput, DeleteObjectsCommandOutput>(
      ['Bucket', 'Delete', 'ChecksumAlgorithm'],
      ({ Bucket = '', Delete }) => {
        const bucket = model.bucket(Bucket);
        const deleted = (Delete?.Objects ?? []).map(({ Key = '', VersionId }) => ({
          Key,
          ...(VersionId ? { VersionId } : {}),
          ...deletion(bucket.delete(Key, world.clock.now(), VersionId)),
        }));
        return Delete?.Quiet ? {} : { Deleted: deleted };
      },
    ),
  };
}

function putObject(
  model: S3Model,
  input: PutObjectCommandInput,
): Omit<PutObjectCommandOutput, '$metadata'> {
  const { Bucket = '', Key = '', ServerSideEncryption = 'AES256' } = input;
  if (ServerSideEncryption !== 'AES256') {
    throw new AwsError('NotImplemented', `Encryption ${ServerSideEncryption} is not simulated`, {
      status: 501,
    });
  }
  const body = input.Body instanceof Uint8Array ? input.Body : Buffer.alloc(0);
  const checksums = verifiedChecksums({ ...input }, body);
  const headers: ObjectHeaders = {
    contentType: input.ContentType,
    contentEncoding: input.ContentEncoding,
    contentLanguage: input.ContentLanguage,
    contentDisposition: input.ContentDisposition,
    cacheControl: input.CacheControl,
    metadata: input.Metadata,
    checksums,
  };
  const condition = { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch };
  const version = model.put(Bucket, Key, { body, headers }, condition);
  return { ETag: version.etag, ServerSideEncryption, ...versionOf(version), ...checksums };
}

type ReadInput = Pick<GetObjectCommandInput, (typeof readMembers)[number]>;

function find(model: S3Model, input: ReadInput): ObjectVersion {
  const { Bucket = '', Key = '', VersionId } = input;
  const object = model.bucket(Bucket).get(Key, VersionId);
  if (!object) throw noSuchKey(Key);
  if (input.IfMatch !== undefined && !sameEtag(object.etag, input.IfMatch)) {
    throw preconditionFailed('If-Match');
  }
  if (input.IfNoneMatch !== undefined && sameEtag(object.etag, input.IfNoneMatch)) {
    throw new AwsError('NotModified', 'Not Modified', { status: 304 });
  }
  return object;
}

function describe(object: ObjectVersion, input: ReadInput) {
  const { headers, body } = object;
  const size = body.length;
  const range = input.Range ? parseByteRange(input.Range, size) : undefined;
  const whole = range === undefined;
  const output = {
    AcceptRanges: 'bytes',
    LastModified: new Date(object.modifiedMs),
    ContentLength: whole ? size : range.last - range.first + 1,
    ...(whole ? {} : { ContentRange: `bytes ${range.first}-${range.last}/${size}` }),
    ETag: object.etag,
    ContentType: headers.contentType ?? 'binary/octet-stream',
    ...(headers.contentEncoding && { ContentEncoding: headers.contentEncoding }),
    ...(headers.contentLanguage && { ContentLanguage: headers.contentLanguage }),
    ...(headers.contentDisposition && { ContentDisposition: headers.contentDisposition }),
    ...(headers.cacheControl && { CacheControl: headers.cacheControl }),
    ...(headers.metadata && { Metadata: { ...headers.metadata } }),
    ServerSideEncryption: 'AES256' as const,
    ...versionOf(object),
    // A checksum of the whole says nothing of a part.
    ...(whole && input.ChecksumMode === 'ENABLED' ? headers.checksums : {}),
  };
  return { output, range };
}

function versionOf({ versionId }: ObjectVersion): { VersionId?: string } {
  return versionId === 'null' ? {} : { VersionId: versionId };
}

function deletion(version: ObjectVersion | undefined) {
  if (!version) return {};
  return { ...versionOf(version), ...(version.deleteMarker ? { DeleteMarker: true } : {}) };
}
