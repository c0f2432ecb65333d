import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EcrService, Platform, PulledImage } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { EcrAccountSettings } from './account-settings.ts';
import { BlobStore } from './blob-store.ts';
import { ImageScans } from './image-scans.ts';
import { ImageUnpacker, type UnpackLimits } from './image-unpacker.ts';
import { LifecyclePolicies } from './lifecycle/lifecycle-policies.ts';
import { pullImage } from './pull-image.ts';
import { RegistryCredentials } from './registry-credentials.ts';
import { Repositories } from './repositories.ts';
import type { Repository } from './repository.ts';
import { type UploadLimits, Uploads } from './uploads.ts';

export type EcrLimits = UploadLimits & UnpackLimits;

const gibibyte = 2 ** 30;

export const defaultEcrLimits: EcrLimits = {
  maxLayerBytes: 2 * gibibyte,
  abandonedAfterMs: 24 * 3_600_000,
  maxUnpackedBytes: 4 * gibibyte,
  maxUnpackedEntries: 500_000,
};

/** Amazon ECR: one private registry, its blobs on disk below the world's directory. */
export class EcrModel implements EcrService {
  readonly repositories: Repositories;
  readonly scans: ImageScans;
  readonly blobs: BlobStore;
  readonly uploads: Uploads;
  readonly credentials: RegistryCredentials;
  readonly lifecycle: LifecyclePolicies;
  readonly accountSettings = new EcrAccountSettings();
  /** Policy of the registry as JSON text. */
  registryPolicyText: string | undefined;
  readonly #world: World;
  readonly #directory: string;
  readonly #unpacker: ImageUnpacker;

  constructor(world: World, limits: EcrLimits = defaultEcrLimits) {
    this.#world = world;
    this.#directory = join(world.directory, 'ecr');
    this.credentials = new RegistryCredentials(world);
    this.scans = new ImageScans(world);
    this.repositories = new Repositories(world, this.scans);
    this.lifecycle = new LifecyclePolicies(world, this);
    this.blobs = new BlobStore(join(this.#directory, 'blobs'));
    this.uploads = new Uploads(world, this.blobs, join(this.#directory, 'uploads'), limits);
    this.#unpacker = new ImageUnpacker(this.blobs, join(this.#directory, 'images'), limits);
  }

  ensureRepository(name: string): void {
    if (!this.repositories.find(name)) this.repositories.create(name);
  }

  pull(reference: string, platform: Platform): Promise<PulledImage> {
    return this.#world.clock.during(`pull ${reference}`, () =>
      pullImage(
        {
          world: this.#world,
          repositories: this.repositories,
          blobs: this.blobs,
          unpacker: this.#unpacker,
        },
        reference,
        platform,
      ),
    );
  }

  /** Throws AwsError RepositoryNotEmptyException unless forced. */
  deleteRepository(repository: Repository, force: boolean): void {
    this.repositories.delete(repository, force);
    this.lifecycle.forget(repository);
    const layers = [...repository.layers.keys()];
    for (const image of repository.images.values()) repository.remove(image);
    this.collectBlobs(layers);
  }

  /** Deletes those of the given blobs that no repository has any more. */
  collectBlobs(digests: readonly string[]): void {
    for (const digest of digests) {
      if (!this.repositories.anyHasLayer(digest)) this.blobs.delete(digest);
    }
  }

  async stop(): Promise<void> {
    this.lifecycle.stop();
    await this.uploads.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
