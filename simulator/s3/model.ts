import { AwsError } from '../core/aws-error.ts';
import type { S3Service } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Bucket, type NewObject, type WriteCondition } from './bucket.ts';
import { type MultipartUpload, MultipartUploads } from './multipart-uploads.ts';
import type { ObjectVersion } from './object-version.ts';

/** Buckets and objects, in memory. */
export class S3Model implements S3Service {
  readonly uploads: MultipartUploads;
  readonly #world: World;
  readonly #buckets = new Map<string, Bucket>();

  constructor(world: World) {
    this.#world = world;
    this.uploads = new MultipartUploads(world);
  }

  createBucket(name: string, options: { versioned: boolean }): Bucket {
    if (!/^(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) {
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', {
        members: { BucketName: name },
      });
    }
    const present = this.#buckets.get(name);
    if (present) {
      // Creating one's own bucket again succeeds in us-east-1 only.
      if (this.#world.identity.region === 'us-east-1') return present;
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        { members: { BucketName: name } },
      );
    }
    const bucket = new Bucket({
      name,
      createdMs: this.#world.clock.now(),
      versioned: options.versioned,
      newVersionId: () => this.#world.ids.hex(32),
    });
    this.#buckets.set(name, bucket);
    return bucket;
  }

  deleteBucket(name: string): void {
    const bucket = this.bucket(name);
    if (!bucket.isEmpty()) {
      const versions = bucket.versioned || bucket.suspended;
      const more = versions ? '. You must delete all versions in the bucket.' : '';
      throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty${more}`, {
        status: 409,
        members: { BucketName: name },
      });
    }
    this.#buckets.delete(name);
    this.uploads.endAll(name);
  }

  /** By name; throws AwsError `NoSuchBucket`. */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) {
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
        status: 404,
        members: { BucketName: name },
      });
    }
    return bucket;
  }

  /** Throws AwsError `NoSuchBucket` or `NoSuchUpload`. */
  upload(id: string, bucket: string, key: string): MultipartUpload {
    return this.uploads.get(id, this.bucket(bucket).name, key);
  }

  buckets(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(
    bucket: string,
    key: string,
    content: NewObject,
    condition: WriteCondition = {},
  ): ObjectVersion {
    if (Buffer.byteLength(key) > 1024) {
      throw new AwsError('KeyTooLongError', 'Your key is too long');
    }
    const version = this.bucket(bucket).put(key, content, this.#world.clock.now(), condition);
    this.#world.journal.record('object.put', { bucket, key });
    return version;
  }

  putObject(bucket: string, key: string, body: Uint8Array): void {
    this.put(bucket, key, { body, headers: {} });
  }

  getObject(bucket: string, key: string): Uint8Array | undefined {
    return this.bucket(bucket).get(key)?.body;
  }

  readObject(bucket: string, key: string, versionId?: string): ObjectVersion | undefined {
    const version = this.bucket(bucket).version(key, versionId);
    return version?.deleteMarker ? undefined : version;
  }

  listKeys(bucket: string, prefix: string): string[] {
    return this.bucket(bucket)
      .current()
      .map(({ key }) => key)
      .filter((key) => key.startsWith(prefix));
  }
}
