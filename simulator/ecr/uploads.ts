import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../core/world.ts';
import type { BlobStore } from './blob-store.ts';
import type { Repository } from './repository.ts';
import { Upload } from './upload.ts';

/** The uploaded bytes have another digest than the client said. */
export class DigestMismatchError extends Error {
  override readonly name = 'DigestMismatchError';
}

export interface UploadLimits {
  /** Largest layer, bytes. ECR takes 52,000 MiB; a laptop need not. */
  readonly maxLayerBytes: number;
  /** An upload nobody finished is dropped this long (virtual time) after its last part. */
  readonly abandonedAfterMs: number;
}

interface OpenUpload {
  readonly upload: Upload;
  cancelExpiry: () => void;
}

/** Uploads that have begun and not ended. */
export class Uploads {
  readonly #world: World;
  readonly #blobs: BlobStore;
  readonly #limits: UploadLimits;
  readonly #directory: string;
  readonly #open = new Map<string, OpenUpload>();

  constructor(world: World, blobs: BlobStore, directory: string, limits: UploadLimits) {
    this.#world = world;
    this.#blobs = blobs;
    this.#directory = directory;
    this.#limits = limits;
  }

  begin(repository: Repository): Upload {
    mkdirSync(this.#directory, { recursive: true });
    const id = this.#world.ids.uuid();
    const upload = new Upload({
      id,
      repositoryName: repository.address.name,
      path: join(this.#directory, id),
      maxBytes: this.#limits.maxLayerBytes,
    });
    this.#open.set(id, { upload, cancelExpiry: this.#expire(upload) });
    return upload;
  }

  /** Undefined for an unknown id, and for an upload into another repository. */
  find(id: string, repository: Repository): Upload | undefined {
    const entry = this.#open.get(id);
    if (!entry || entry.upload.repositoryName !== repository.address.name) return undefined;
    entry.cancelExpiry();
    entry.cancelExpiry = this.#expire(entry.upload);
    return entry.upload;
  }

  /**
   * Ends an upload: its bytes become a layer of the repository if they have this digest. Either way the
   * upload is over. Throws DigestMismatchError.
   */
  async complete(upload: Upload, repository: Repository, digest: string): Promise<void> {
    // Adding nothing makes sure that the file exists, and that no other request is writing to it.
    await upload.append([]);
    this.#forget(upload.id);
    const computed = await upload.digest();
    if (computed !== digest) {
      await upload.discard();
      throw new DigestMismatchError(
        `The uploaded ${upload.size} bytes have the digest ${computed}, not ${digest}`,
      );
    }
    await this.#blobs.adopt(upload.path, digest);
    repository.layers.set(digest, upload.size);
  }

  async cancel(upload: Upload): Promise<void> {
    this.#forget(upload.id);
    await upload.discard();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ upload }) => this.cancel(upload)));
  }

  #forget(id: string): void {
    this.#open.get(id)?.cancelExpiry();
    this.#open.delete(id);
  }

  #expire(upload: Upload): () => void {
    return this.#world.clock.schedule(
      this.#limits.abandonedAfterMs,
      () => void this.cancel(upload).catch(() => {}),
      'background',
    );
  }
}
