import { AwsError } from '../core/aws-error.ts';
import { checkAcl } from './bucket-access-operations.ts';
import type { ObjectHeaders } from './object-version.ts';

/** Input members of PutObject, CopyObject and CreateMultipartUpload that become the object's. */
export const headerMembers = [
  'ACL',
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'Metadata',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
  'StorageClass',
  'Tagging',
] as const;

export interface HeaderInput {
  readonly ACL?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
}

const storageClasses = [
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'REDUCED_REDUNDANCY',
  'GLACIER_IR',
];
const metadataLimitBytes = 2_048;

/** Throws AwsError for values that S3 or this simulator does not take. */
export function readHeaders(input: HeaderInput): ObjectHeaders {
  checkAcl(input.ACL);
  const { ServerSideEncryption = 'AES256', StorageClass = 'STANDARD' } = input;
  if (!['AES256', 'aws:kms'].includes(ServerSideEncryption)) {
    throw notSimulated(`Encryption ${ServerSideEncryption}`);
  }
  if (!storageClasses.includes(StorageClass)) throw notSimulated(`Storage class ${StorageClass}`);
  const metadataBytes = Object.entries(input.Metadata ?? {})
    .map(([name, value]) => Buffer.byteLength(name) + Buffer.byteLength(value))
    .reduce((sum, bytes) => sum + bytes, 0);
  if (metadataBytes > metadataLimitBytes) {
    throw new AwsError(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      { members: { Size: metadataBytes, MaxSizeAllowed: metadataLimitBytes } },
    );
  }
  return {
    contentType: input.ContentType,
    contentEncoding: input.ContentEncoding,
    contentLanguage: input.ContentLanguage,
    contentDisposition: input.ContentDisposition,
    cacheControl: input.CacheControl,
    expires: input.Expires,
    metadata: input.Metadata,
    storageClass: StorageClass,
    encryption: {
      ServerSideEncryption: ServerSideEncryption as 'AES256',
      ...(input.SSEKMSKeyId && { SSEKMSKeyId: input.SSEKMSKeyId }),
      ...(input.BucketKeyEnabled && { BucketKeyEnabled: true }),
    },
  };
}

/** `a=1&b=2`, as the header carries tags. Throws AwsError `InvalidTag`. */
export function readTagging(header: string | undefined): Map<string, string> {
  return checkedTags([...new URLSearchParams(header ?? '')]);
}

/** S3 user guide, "Categorizing your objects using tags": at most ten. Throws AwsError. */
export function checkedTags(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const tags = new Map(pairs);
  if (tags.size < pairs.length) {
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  if (tags.size > 10) {
    throw new AwsError('BadRequest', 'Object tags cannot be greater than 10', { status: 400 });
  }
  for (const [key, value] of tags) {
    if (key.length >= 1 && key.length <= 128 && value.length <= 256) continue;
    throw new AwsError('InvalidTag', 'The TagKey or TagValue you have provided is invalid');
  }
  return tags;
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not simulated`, { status: 501 });
}
