import { AwsError } from '../core/aws-error.ts';
import { etagOf, type ObjectHeaders, type ObjectVersion } from './object-version.ts';

export interface BucketOptions {
  readonly name: string;
  readonly createdMs: number;
  readonly versioned: boolean;
  readonly newVersionId: () => string;
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly headers: ObjectHeaders;
  readonly etag?: string | undefined;
  readonly partSizes?: readonly number[] | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

/** What a write of an existing key demands of the present object. */
export interface WriteCondition {
  readonly ifMatch?: string | undefined;
  /** Only `*` exists for writes: the key must be free. */
  readonly ifNoneMatch?: string | undefined;
}

/** One bucket: the versions of each key, newest last. */
export class Bucket {
  readonly name: string;
  readonly createdMs: number;
  versioned: boolean;
  /** Versioning was on once: deletions leave markers, objects of now have the version `null`. */
  suspended = false;
  /** Configurations by name, as they were put; undefined for one that was deleted. */
  readonly settings = new Map<string, object | undefined>();
  /** The bucket policy as JSON text. */
  policy: string | undefined;
  readonly #newVersionId: () => string;
  readonly #versions = new Map<string, ObjectVersion[]>();

  constructor(options: BucketOptions) {
    this.name = options.name;
    this.createdMs = options.createdMs;
    this.versioned = options.versioned;
    this.#newVersionId = options.newVersionId;
  }

  setVersioning(status: 'Enabled' | 'Suspended'): void {
    this.versioned = status === 'Enabled';
    this.suspended = !this.versioned;
  }

  put(
    key: string,
    content: NewObject,
    nowMs: number,
    condition: WriteCondition = {},
  ): ObjectVersion {
    this.#check(key, condition);
    const body = Buffer.from(content.body);
    const version: ObjectVersion = {
      key,
      versionId: this.versioned ? this.#newVersionId() : 'null',
      deleteMarker: false,
      body,
      etag: content.etag ?? etagOf(body),
      modifiedMs: nowMs,
      headers: content.headers,
      partSizes: content.partSizes,
      tags: content.tags,
    };
    this.#append(version);
    return version;
  }

  /** The newest version or the given one, which may be a delete marker. */
  version(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.#versions.get(key) ?? [];
    return versionId
      ? versions.find((version) => version.versionId === versionId)
      : versions.at(-1);
  }

  /** The current object; undefined when there is none or a delete marker hides it. */
  get(key: string): ObjectVersion | undefined {
    const found = this.version(key);
    return found?.deleteMarker ? undefined : found;
  }

  /**
   * Removes the object; in a versioned bucket a delete marker hides it. Absent keys are no error unless a condition
   * asks for an ETag (user guide, conditional deletes).
   */
  delete(
    key: string,
    nowMs: number,
    versionId?: string,
    ifMatch?: string,
  ): ObjectVersion | undefined {
    const hidden = this.version(key)?.deleteMarker === true;
    if (ifMatch !== undefined && hidden) throw preconditionFailed('If-Match');
    this.#check(key, { ifMatch });
    if (versionId) {
      const versions = this.#versions.get(key) ?? [];
      const found = versions.find((version) => version.versionId === versionId);
      const rest = versions.filter((version) => version !== found);
      if (rest.length > 0) this.#versions.set(key, rest);
      else this.#versions.delete(key);
      return found;
    }
    if (!this.versioned && !this.suspended) {
      this.#versions.delete(key);
      return undefined;
    }
    const marker: ObjectVersion = {
      key,
      versionId: this.versioned ? this.#newVersionId() : 'null',
      deleteMarker: true,
      body: Buffer.alloc(0),
      etag: '',
      modifiedMs: nowMs,
      headers: {},
    };
    this.#append(marker);
    return marker;
  }

  /** Current objects in S3's order: by the UTF-8 bytes of their keys. */
  current(): ObjectVersion[] {
    return [...this.#versions.keys()]
      .map((key) => this.get(key))
      .filter((object) => object !== undefined)
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  /** All versions and delete markers: keys in S3's order, of each the newest first. */
  allVersions(): { version: ObjectVersion; latest: boolean }[] {
    return [...this.#versions.entries()]
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .flatMap(([, versions]) =>
        [...versions].reverse().map((version, index) => ({ version, latest: index === 0 })),
      );
  }

  isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  #append(version: ObjectVersion): void {
    const present = this.#versions.get(version.key) ?? [];
    const kept = present.filter(({ versionId }) => versionId !== version.versionId);
    this.#versions.set(version.key, [...kept, version]);
  }

  #check(key: string, { ifMatch, ifNoneMatch }: WriteCondition): void {
    if (ifMatch === undefined && ifNoneMatch === undefined) return;
    const present = this.get(key);
    if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
      throw new AwsError('NotImplemented', 'A write takes only * for If-None-Match', {
        status: 501,
      });
    }
    if (ifMatch !== undefined && !present) throw noSuchKey(key);
    const matches = ifMatch === '*' || sameEtag(present?.etag, ifMatch);
    const fails = ifNoneMatch === '*' ? present !== undefined : !matches;
    if (fails) throw preconditionFailed(ifNoneMatch === '*' ? 'If-None-Match' : 'If-Match');
  }
}

export function sameEtag(etag: string | undefined, wanted: string | undefined): boolean {
  const bare = (text: string) => text.trim().replace(/^"|"$/g, '');
  return etag !== undefined && wanted !== undefined && bare(etag) === bare(wanted);
}

export function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { status: 412, members: { Condition: condition } },
  );
}

export function noSuchKey(key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', {
    status: 404,
    members: { Key: key },
  });
}
