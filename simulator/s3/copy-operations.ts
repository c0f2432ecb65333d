import type {
  CopyObjectCommandInput,
  CopyObjectCommandOutput,
  UploadPartCopyCommandInput,
  UploadPartCopyCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { preconditionFailed, sameEtag } from './bucket.ts';
import { parseByteRange } from './byte-range.ts';
import type { S3Model } from './model.ts';
import { headerMembers, readHeaders, readTagging } from './object-headers.ts';
import { versionOf } from './object-operations.ts';
import type { ObjectVersion } from './object-version.ts';
import { requireVersion } from './require-version.ts';

const sourceMembers = [
  'Bucket',
  'Key',
  'CopySource',
  'CopySourceIfMatch',
  'CopySourceIfNoneMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
  'ExpectedSourceBucketOwner',
] as const;

/** CopyObject and UploadPartCopy. */
export function copyOperations(model: S3Model): Record<string, WireOperation> {
  return {
    CopyObject: operation<CopyObjectCommandInput, CopyObjectCommandOutput>(
      [
        ...sourceMembers,
        ...headerMembers,
        'MetadataDirective',
        'TaggingDirective',
        'ChecksumAlgorithm',
        'IfMatch',
        'IfNoneMatch',
      ],
      (input) => {
        const { Bucket = '', Key = '' } = input;
        const source = findSource(model, input);
        const replaced = input.MetadataDirective === 'REPLACE';
        checkSelfCopy(input, source, replaced);
        const asked = readHeaders(input);
        // Storage class and encryption never come from the source (API reference of CopyObject).
        const { storageClass, encryption } = asked;
        const kept = { ...source.headers, storageClass, encryption };
        const { checksums } = source.headers;
        const headers = replaced ? { ...asked, checksums } : kept;
        const tags =
          input.TaggingDirective === 'REPLACE' ? readTagging(input.Tagging) : source.tags;
        const condition = { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch };
        const version = model.put(Bucket, Key, { body: source.body, headers, tags }, condition);
        return {
          CopyObjectResult: {
            ETag: version.etag,
            LastModified: new Date(version.modifiedMs),
            ...checksums,
          },
          ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
          ...versionOf(version),
          ...encryption,
        };
      },
    ),
    UploadPartCopy: operation<UploadPartCopyCommandInput, UploadPartCopyCommandOutput>(
      [...sourceMembers, 'CopySourceRange', 'PartNumber', 'UploadId'],
      (input) => {
        const { Bucket = '', Key = '', UploadId = '', PartNumber = 0 } = input;
        const upload = model.upload(UploadId, Bucket, Key);
        const source = findSource(model, input);
        const range = input.CopySourceRange
          ? parseByteRange(input.CopySourceRange, source.body.length)
          : undefined;
        const body = range ? source.body.subarray(range.first, range.last + 1) : source.body;
        const part = model.uploads.put(upload, PartNumber, body, {});
        return {
          CopyPartResult: { ETag: part.etag, LastModified: new Date(part.modifiedMs) },
          ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
        };
      },
    ),
  };
}

type SourceInput = Pick<CopyObjectCommandInput, (typeof sourceMembers)[number]>;

/** `bucket/key?versionId=…`, URL-encoded, with or without a leading slash. */
function readSource(text: string): { bucket: string; key: string; versionId: string | undefined } {
  const [path = '', versionId] = text.split('?versionId=');
  let decoded = '';
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // Refused below, as any source that names no object.
  }
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key, versionId };
  throw new AwsError(
    'InvalidArgument',
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
  );
}

function findSource(model: S3Model, input: SourceInput): ObjectVersion {
  const { bucket, key, versionId } = readSource(input.CopySource ?? '');
  const source = requireVersion(model.bucket(bucket), key, versionId);
  const { CopySourceIfMatch: match, CopySourceIfNoneMatch: noneMatch } = input;
  const seconds = Math.floor(source.modifiedMs / 1000) * 1000;
  const { CopySourceIfModifiedSince: modified, CopySourceIfUnmodifiedSince: unmodified } = input;
  if (match !== undefined && !sameEtag(source.etag, match)) {
    throw preconditionFailed('x-amz-copy-source-If-Match');
  }
  if (noneMatch !== undefined && sameEtag(source.etag, noneMatch)) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  if (match === undefined && unmodified && seconds > unmodified.getTime()) {
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  }
  if (noneMatch === undefined && modified && seconds <= modified.getTime()) {
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
  }
  return source;
}

function checkSelfCopy(
  input: CopyObjectCommandInput,
  source: ObjectVersion,
  replaced: boolean,
): void {
  const { bucket, key, versionId } = readSource(input.CopySource ?? '');
  const same = bucket === input.Bucket && key === input.Key && versionId === undefined;
  const changed =
    replaced ||
    input.TaggingDirective === 'REPLACE' ||
    input.ServerSideEncryption !== undefined ||
    (input.StorageClass ?? source.headers.storageClass) !== source.headers.storageClass;
  if (!same || changed) return;
  throw new AwsError(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
