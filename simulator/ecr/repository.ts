import type { EncryptionConfiguration, Tag } from '@aws-sdk/client-ecr';
import type { Settings } from '../core/settings.ts';
import { type ParsedManifest, parseManifest } from '../oci/parse-manifest.ts';
import { ecrErrors, type RepositoryAddress } from './ecr-errors.ts';
import { type TagMutability, tagMayMove } from './tag-mutability.ts';

export interface StoredImage {
  readonly digest: string;
  /** As it was sent, byte for byte: the digest depends on it. */
  readonly manifest: Uint8Array;
  readonly parsed: ParsedManifest;
  /** Epoch milliseconds of the first push; whether another tag changes it is a setting. */
  readonly pushedAtMs: number;
  lastPulledAtMs?: number;
}

export interface RepositoryOptions {
  readonly address: RepositoryAddress;
  readonly createdAtMs: number;
  readonly mutability: TagMutability;
  readonly scanOnPush: boolean;
  readonly encryption: EncryptionConfiguration;
  resourceTags: readonly Tag[];
  /** Set through LifecyclePolicies, which carries it out. */
  lifecyclePolicyText?: string | undefined;
  /** Policy of the repository as JSON text. */
  policyText?: string | undefined;
}

/** Told of images that come and go. */
export interface ImageWatcher {
  /** After every put that changed something. */
  imagePushed(repository: Repository, image: StoredImage, tag: string | undefined): void;
  imageRemoved(repository: Repository, digest: string): void;
}

const nobody: ImageWatcher = { imagePushed: () => {}, imageRemoved: () => {} };

/** One repository: manifests by digest, tags that name them, and the layers it may refer to. */
export class Repository {
  readonly options: RepositoryOptions;
  mutability: TagMutability;
  scanOnPush: boolean;
  readonly images = new Map<string, StoredImage>();
  readonly tags = new Map<string, string>();
  /** Digest to size in bytes. */
  readonly layers = new Map<string, number>();

  readonly #watcher: ImageWatcher;

  constructor(options: RepositoryOptions, watcher = nobody) {
    this.options = options;
    this.mutability = options.mutability;
    this.scanOnPush = options.scanOnPush;
    this.#watcher = watcher;
  }

  get address(): RepositoryAddress {
    return this.options.address;
  }

  tagsOf(digest: string): string[] {
    return [...this.tags].filter(([, tagged]) => tagged === digest).map(([tag]) => tag);
  }

  /** By tag or digest. */
  find(reference: string): StoredImage | undefined {
    return this.images.get(this.tags.get(reference) ?? reference);
  }

  /**
   * Stores a manifest and moves the tag to it; an image that loses its last tag stays, untagged
   * (aws-facts 1.6). Throws AwsError as PutImage does, and InvalidManifestError.
   */
  put(request: {
    readonly digest: string;
    readonly manifest: Uint8Array;
    readonly mediaType: string | undefined;
    readonly tag: string | undefined;
    readonly nowMs: number;
    /** Whether another tag of an image that is there counts as its push. */
    readonly retagged: Settings['retaggedImagePushedAt'];
  }): StoredImage {
    const { digest, manifest, tag, nowMs } = request;
    // Also of an image that is there: a new tag needs a manifest with a media type as well.
    const parsed = parseManifest(manifest, request.mediaType);
    const existing = this.images.get(digest);
    const previous = tag === undefined ? undefined : this.tags.get(tag);
    if (existing && (tag === undefined || previous === digest)) {
      throw ecrErrors.imageAlreadyExists(this.address, digest, tag);
    }
    if (tag !== undefined && previous !== undefined && !tagMayMove(this.mutability, tag)) {
      throw ecrErrors.imageTagAlreadyExists(this.address, tag);
    }
    if (!existing) this.#checkReferences(parsed);
    const moved =
      existing && request.retagged === 'moved' ? { ...existing, pushedAtMs: nowMs } : existing;
    const image = moved ?? { digest, manifest, parsed, pushedAtMs: nowMs };
    this.images.set(digest, image);
    if (tag !== undefined) this.tags.set(tag, digest);
    this.#watcher.imagePushed(this, image, tag);
    return image;
  }

  /** Forgets an image, its tags, and the layers that no other image of the repository needs. */
  remove(image: StoredImage): void {
    this.images.delete(image.digest);
    for (const tag of this.tagsOf(image.digest)) this.tags.delete(tag);
    const needed = new Set([...this.images.values()].flatMap(referencedLayers));
    for (const digest of referencedLayers(image)) {
      if (!needed.has(digest)) this.layers.delete(digest);
    }
    this.#watcher.imageRemoved(this, image.digest);
  }

  /** Indexes that list the image: it cannot be deleted before them. */
  indexesWith(digest: string): StoredImage[] {
    return [...this.images.values()].filter(
      ({ parsed }) =>
        parsed.kind === 'index' &&
        parsed.content.manifests.some((child) => child.digest === digest),
    );
  }

  /** Manifests whose `subject` is the image. */
  referrersOf(digest: string): StoredImage[] {
    return [...this.images.values()].filter(
      ({ parsed }) => parsed.content.subject?.digest === digest,
    );
  }

  /** True once a manifest refers to the layer; only then ECR mounts it elsewhere, or gives its URL. */
  hasMountableLayer(digest: string): boolean {
    return [...this.images.values()].some((image) => referencedLayers(image).includes(digest));
  }

  #checkReferences(parsed: ParsedManifest): void {
    if (parsed.kind === 'index') {
      const missing = parsed.content.manifests.filter(({ digest }) => !this.images.has(digest));
      if (missing.length === 0) return;
      const digests = missing.map(({ digest }) => digest);
      throw ecrErrors.referencedImagesNotFound(this.address, digests);
    }
    const { config, layers } = parsed.content;
    const missing = [config, ...layers].filter(({ digest }) => !this.layers.has(digest));
    if (missing.length > 0) {
      throw ecrErrors.layersNotFound(this.address, [
        ...new Set(missing.map(({ digest }) => digest)),
      ]);
    }
  }
}

function referencedLayers({ parsed }: StoredImage): string[] {
  if (parsed.kind === 'index') return [];
  return [parsed.content.config, ...parsed.content.layers].map(({ digest }) => digest);
}
