import { createHash } from 'node:crypto';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { ObjectHeaders } from './object-version.ts';

export interface Part {
  readonly number: number;
  readonly body: Buffer;
  /** Quoted MD5. */
  readonly etag: string;
  readonly modifiedMs: number;
  readonly checksums: Readonly<Record<string, string>>;
}

export interface MultipartUpload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly initiatedMs: number;
  readonly parts: Map<number, Part>;
}

/** S3 user guide, "Amazon S3 multipart upload limits": 5 MiB for all parts but the last. */
const smallestPartBytes = 5 * 2 ** 20;

/** Uploads in parts that are under way. */
export class MultipartUploads {
  readonly #world: World;
  readonly #uploads = new Map<string, MultipartUpload>();

  constructor(world: World) {
    this.#world = world;
  }

  begin(bucket: string, key: string, headers: ObjectHeaders): MultipartUpload {
    const id = this.#world.ids.hex(64);
    const initiatedMs = this.#world.clock.now();
    const upload = { id, bucket, key, headers, initiatedMs, parts: new Map<number, Part>() };
    this.#uploads.set(id, upload);
    return upload;
  }

  /** Throws AwsError `NoSuchUpload`. */
  get(id: string, bucket: string, key: string): MultipartUpload {
    const upload = this.#uploads.get(id);
    if (upload && upload.bucket === bucket && upload.key === key) return upload;
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { status: 404, members: { UploadId: id } },
    );
  }

  /** By key, then by age. */
  of(bucket: string): MultipartUpload[] {
    return [...this.#uploads.values()]
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => (a.key === b.key ? a.initiatedMs - b.initiatedMs : a.key < b.key ? -1 : 1));
  }

  /** Those behind a key, or behind one upload of that key; an upload id alone says nothing [model]. */
  after(bucket: string, key: string, id: string): MultipartUpload[] {
    const all = this.of(bucket);
    const marked = all.findIndex((upload) => upload.key === key && upload.id === id);
    return marked >= 0 ? all.slice(marked + 1) : all.filter((upload) => upload.key > key);
  }

  /** A bucket that goes takes them along. */
  endAll(bucket: string): void {
    for (const upload of this.of(bucket)) this.end(upload);
  }

  put(
    upload: MultipartUpload,
    number: number,
    body: Uint8Array,
    checksums: Readonly<Record<string, string>>,
  ): Part {
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new AwsError(
        'InvalidArgument',
        'Part number must be an integer between 1 and 10000, inclusive',
      );
    }
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const modifiedMs = this.#world.clock.now();
    const part = { number, body: Buffer.from(body), etag, modifiedMs, checksums };
    upload.parts.set(number, part);
    return part;
  }

  end(upload: MultipartUpload): void {
    this.#uploads.delete(upload.id);
  }
}

/** The parts that a client names, in order. Throws AwsError as CompleteMultipartUpload does. */
export function namedParts(
  upload: MultipartUpload,
  named: readonly { PartNumber?: number | undefined; ETag?: string | undefined }[],
): Part[] {
  if (named.length === 0) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const bare = (etag = '') => etag.replace(/^"|"$/g, '');
  const parts = named.map(({ PartNumber = 0, ETag }, index) => {
    if (index > 0 && PartNumber <= (named[index - 1]?.PartNumber ?? 0)) {
      throw new AwsError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    const part = upload.parts.get(PartNumber);
    if (!part || bare(part.etag) !== bare(ETag)) {
      throw new AwsError(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { members: { UploadId: upload.id, PartNumber, ETag: bare(ETag) } },
      );
    }
    return part;
  });
  const small = parts.slice(0, -1).find(({ body }) => body.length < smallestPartBytes);
  if (!small) return parts;
  throw new AwsError(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    {
      members: {
        ProposedSize: small.body.length,
        MinSizeAllowed: smallestPartBytes,
        PartNumber: small.number,
        ETag: bare(small.etag),
      },
    },
  );
}

/** MD5 of the parts' MD5s, then their number. */
export function multipartEtag(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag.replaceAll('"', ''), 'hex'));
  return `"${hash.digest('hex')}-${parts.length}"`;
}
