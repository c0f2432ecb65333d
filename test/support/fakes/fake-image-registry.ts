import { ResourceNotFoundError } from '../../../functions/core/errors.ts';
import type {
  ImageDetail,
  ImageManifest,
  ImageRegistry,
} from '../../../functions/core/ports/image-registry.ts';

interface StoredImage {
  readonly digest: string;
  readonly pushedAtMs: number;
  readonly artifactMediaType: string | undefined;
}

/** One repository for each name; tags move as in ECR: the older image loses them (aws-facts 1.6). */
export class FakeImageRegistry implements ImageRegistry {
  readonly manifests = new Map<string, ImageManifest>();
  readonly #images = new Map<string, Map<string, StoredImage>>();
  readonly #tags = new Map<string, Map<string, string>>();

  /** Puts an image under a tag; an image that is there keeps the time of its first push. */
  push(
    repository: string,
    tag: string | undefined,
    digest: string,
    pushedAtMs: number,
    artifactMediaType?: string,
  ): void {
    const images = this.#images.get(repository) ?? new Map<string, StoredImage>();
    this.#images.set(repository, images);
    if (!images.has(digest)) images.set(digest, { digest, pushedAtMs, artifactMediaType });
    if (tag === undefined) return;
    const tags = this.#tags.get(repository) ?? new Map<string, string>();
    this.#tags.set(repository, tags.set(tag, digest));
  }

  removeTag(repository: string, tag: string): void {
    this.#tags.get(repository)?.delete(tag);
  }

  removeImage(repository: string, digest: string): void {
    this.#images.get(repository)?.delete(digest);
    for (const [tag, named] of this.#tags.get(repository) ?? []) {
      if (named === digest) this.removeTag(repository, tag);
    }
  }

  async findImage(
    repository: string,
    reference: { readonly tag: string } | { readonly digest: string },
  ): Promise<ImageDetail | undefined> {
    const images = this.#repository(repository);
    return images.find((image) =>
      'tag' in reference ? image.tags.includes(reference.tag) : image.digest === reference.digest,
    );
  }

  async listTaggedImages(repository: string): Promise<ImageDetail[]> {
    return this.#repository(repository).filter(({ tags }) => tags.length > 0);
  }

  async readManifest(_repository: string, digest: string): Promise<ImageManifest> {
    return (
      this.manifests.get(digest) ?? {
        kind: 'image',
        digest,
        platform: { os: 'linux', architecture: 'amd64' },
      }
    );
  }

  #repository(repository: string): ImageDetail[] {
    const images = this.#images.get(repository);
    if (images === undefined) {
      throw new ResourceNotFoundError(`ECR has no repository "${repository}"`);
    }
    const tags = [...(this.#tags.get(repository) ?? [])];
    return [...images.values()].map((image) => ({
      ...image,
      tags: tags.filter(([, digest]) => digest === image.digest).map(([tag]) => tag),
    }));
  }
}

/** An image as ECR describes it. */
export function imageDetail(
  digest: string,
  tags: readonly string[],
  pushedAtMs: number,
): ImageDetail {
  return { digest, tags, pushedAtMs };
}
