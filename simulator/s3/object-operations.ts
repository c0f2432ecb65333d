import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { preconditionFailed, sameEtag } from './bucket.ts';
import { parseByteRange } from './byte-range.ts';
import { verifiedChecksums } from './checksums.ts';
import type { S3Model } from './model.ts';
import { headerMembers, readHeaders, readTagging } from './object-headers.ts';
import type { ObjectHeaders, ObjectVersion } from './object-version.ts';
import { partRange } from './part-range.ts';
import { requireVersion } from './require-version.ts';

export const checksumMembers = [
  'ContentMD5',
  'ChecksumAlgorithm',
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
] as const;
const putMembers = [
  'Bucket',
  'Key',
  'Body',
  'ContentLength',
  'IfMatch',
  'IfNoneMatch',
  ...headerMembers,
  ...checksumMembers,
] as const;
const readMembers = [
  'Bucket',
  'Key',
  'Range',
  'PartNumber',
  'VersionId',
  'IfMatch',
  'IfNoneMatch',
  'IfModifiedSince',
  'IfUnmodifiedSince',
  'ChecksumMode',
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
] as const;

/** Operations on objects. */
export function objectOperations(model: S3Model): Record<string, WireOperation> {
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
        if (error instanceof AwsError && error.status === 404) {
          throw new AwsError('NotFound', error.message, { status: 404, headers: error.headers });
        }
        throw error;
      }
    }),
  };
}

function putObject(
  model: S3Model,
  input: PutObjectCommandInput,
): Omit<PutObjectCommandOutput, '$metadata'> {
  const { Bucket = '', Key = '' } = input;
  const body = input.Body instanceof Uint8Array ? input.Body : Buffer.alloc(0);
  const checksums = verifiedChecksums({ ...input }, body);
  const headers: ObjectHeaders = { ...readHeaders(input), checksums };
  const condition = { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch };
  const tags = readTagging(input.Tagging);
  const version = model.put(Bucket, Key, { body, headers, tags }, condition);
  return { ETag: version.etag, ...headers.encryption, ...versionOf(version), ...checksums };
}

type ReadInput = Pick<GetObjectCommandInput, (typeof readMembers)[number]>;

function find(model: S3Model, input: ReadInput): ObjectVersion {
  const { Bucket = '', Key = '', VersionId } = input;
  const object = requireVersion(model.bucket(Bucket), Key, VersionId);
  if (input.IfMatch !== undefined && !sameEtag(object.etag, input.IfMatch)) {
    throw preconditionFailed('If-Match');
  }
  // If-Match wins over If-Unmodified-Since, If-None-Match over If-Modified-Since (API reference of GetObject).
  const seconds = Math.floor(object.modifiedMs / 1000) * 1000;
  const { IfUnmodifiedSince: unmodified, IfModifiedSince: modified } = input;
  if (input.IfMatch === undefined && unmodified && seconds > unmodified.getTime()) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const same =
    input.IfNoneMatch === undefined
      ? modified !== undefined && seconds <= modified.getTime()
      : sameEtag(object.etag, input.IfNoneMatch);
  if (same) throw new AwsError('NotModified', 'Not Modified', { status: 304 });
  return object;
}

function describe(object: ObjectVersion, input: ReadInput) {
  const { headers, body } = object;
  const size = body.length;
  const range = requestedRange(object, input);
  const whole = range === undefined;
  const output = {
    AcceptRanges: 'bytes',
    LastModified: new Date(object.modifiedMs),
    ContentLength: whole ? size : range.last - range.first + 1,
    ...(whole ? {} : { ContentRange: `bytes ${range.first}-${range.last}/${size}` }),
    ...(input.PartNumber !== undefined && { PartsCount: object.partSizes?.length }),
    ETag: object.etag,
    ...shownHeaders(object, input),
    ...(headers.encryption ?? { ServerSideEncryption: 'AES256' as const }),
    ...((object.tags?.size ?? 0) > 0 && { TagCount: object.tags?.size }),
    ...versionOf(object),
    // A checksum of the whole says nothing of a part.
    ...(whole && input.ChecksumMode === 'ENABLED' ? headers.checksums : {}),
  };
  return { output, range };
}

function requestedRange(object: ObjectVersion, { Range, PartNumber }: ReadInput) {
  if (PartNumber === undefined) {
    return Range ? parseByteRange(Range, object.body.length) : undefined;
  }
  if (Range) {
    throw new AwsError(
      'InvalidRequest',
      'Cannot specify both Range header and partNumber query parameter',
    );
  }
  return partRange(object, PartNumber);
}

function shownHeaders({ headers }: ObjectVersion, input: ReadInput) {
  const shown = {
    ContentType: input.ResponseContentType ?? headers.contentType ?? 'binary/octet-stream',
    ContentEncoding: input.ResponseContentEncoding ?? headers.contentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? headers.contentLanguage,
    ContentDisposition: input.ResponseContentDisposition ?? headers.contentDisposition,
    CacheControl: input.ResponseCacheControl ?? headers.cacheControl,
    Expires: headers.expires,
    // Absent for the usual one (API reference of GetObject, x-amz-storage-class).
    StorageClass: headers.storageClass === 'STANDARD' ? undefined : headers.storageClass,
    Metadata: headers.metadata && { ...headers.metadata },
  };
  return Object.fromEntries(
    Object.entries(shown).filter(([, value]) => value !== undefined && value !== ''),
  );
}

export function versionOf({ versionId }: ObjectVersion): { VersionId?: string } {
  return versionId === 'null' ? {} : { VersionId: versionId };
}
