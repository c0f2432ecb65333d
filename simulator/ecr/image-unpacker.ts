import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageManifest } from '../oci/parse-manifest.ts';
import { applyLayer } from './apply-layer.ts';
import type { BlobStore } from './blob-store.ts';
import { FileTree } from './file-tree.ts';
import { materializeTree } from './materialize-tree.ts';

export interface UnpackLimits {
  /** Of all layers together, uncompressed. */
  readonly maxUnpackedBytes: number;
  readonly maxUnpackedEntries: number;
}

/** Root file systems on disk, one per platform manifest, made once and shared. */
export class ImageUnpacker {
  readonly #blobs: BlobStore;
  readonly #directory: string;
  readonly #limits: UnpackLimits;
  readonly #roots = new Map<string, Promise<string>>();

  constructor(blobs: BlobStore, directory: string, limits: UnpackLimits) {
    this.#blobs = blobs;
    this.#directory = directory;
    this.#limits = limits;
  }

  /** Throws UnsafeLayerError, or what reading the layers threw; a failed image may be tried again. */
  rootDirectory(
    platformDigest: string,
    manifest: ImageManifest,
    diffIds: readonly string[],
  ): Promise<string> {
    const known = this.#roots.get(platformDigest);
    if (known !== undefined) return known;
    const unpacked = this.#unpack(platformDigest, manifest, diffIds);
    this.#roots.set(platformDigest, unpacked);
    unpacked.catch(() => this.#roots.delete(platformDigest));
    return unpacked;
  }

  async #unpack(
    platformDigest: string,
    manifest: ImageManifest,
    diffIds: readonly string[],
  ): Promise<string> {
    const folder = join(this.#directory, platformDigest.replace('sha256:', ''));
    const staging = join(folder, 'staging');
    await rm(folder, { recursive: true, force: true });
    await mkdir(staging, { recursive: true });
    const { maxUnpackedBytes: bytes, maxUnpackedEntries: entries } = this.#limits;
    const budget = { bytes, entries };
    const tree = new FileTree();
    try {
      for (const [index, layer] of manifest.layers.entries()) {
        const path = this.#blobs.path(layer.digest);
        const { mediaType } = layer;
        const source = { number: index + 1, path, mediaType, diffId: diffIds[index] };
        await applyLayer(tree, source, staging, budget);
      }
      // A root that exists is complete: it gets its name only when every file is there.
      await materializeTree(tree, join(folder, 'partial'));
      const root = join(folder, 'root');
      await rename(join(folder, 'partial'), root);
      await rm(staging, { recursive: true });
      return root;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }
}
