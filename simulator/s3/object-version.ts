import { createHash } from 'node:crypto';

/** Headers that are stored with an object and given back with it. */
export interface ObjectHeaders {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly contentDisposition?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly expires?: Date | undefined;
  readonly storageClass?: string | undefined;
  /** Shown as it was asked for; nothing is encrypted. */
  readonly encryption?:
    | {
        readonly ServerSideEncryption: 'AES256';
        readonly SSEKMSKeyId?: string;
        readonly BucketKeyEnabled?: boolean;
      }
    | undefined;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Checksums that came with the upload, by output member, e.g. `ChecksumCRC32`. */
  readonly checksums?: Readonly<Record<string, string>> | undefined;
}

/** One version of an object, or the marker that a deletion leaves in a versioned bucket. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` in buckets that never had versioning, as S3 writes it. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly body: Buffer;
  /** Quoted MD5 of the body. */
  readonly etag: string;
  readonly modifiedMs: number;
  readonly headers: ObjectHeaders;
  /** Sizes of the parts that it was uploaded in, bytes. */
  readonly partSizes?: readonly number[] | undefined;
  tags?: ReadonlyMap<string, string> | undefined;
}

/** ETag of an object that was uploaded in one piece. */
export function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
