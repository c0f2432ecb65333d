import { z } from 'zod';
import { registryHost } from '../core/arns.ts';
import type { Platform, PulledImage } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { BlobStore } from './blob-store.ts';
import { parseImageReference } from './image-reference.ts';
import type { ImageUnpacker } from './image-unpacker.ts';
import type { Repositories } from './repositories.ts';
import type { Repository, StoredImage } from './repository.ts';

export interface PullSources {
  readonly world: World;
  readonly repositories: Repositories;
  readonly blobs: BlobStore;
  readonly unpacker: ImageUnpacker;
}

const runConfig = z.object({
  os: z.string(),
  architecture: z.string(),
  rootfs: z.object({ diff_ids: z.array(z.string()).default([]) }).default({ diff_ids: [] }),
  config: z
    .object({
      Env: z.array(z.string()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      WorkingDir: z.string().nullish(),
      Volumes: z.record(z.string(), z.unknown()).nullish(),
    })
    .default({}),
});

/** Pulls for one platform. Rejects with a stopped task's reason (aws-facts 2.8). */
export async function pullImage(
  sources: PullSources,
  reference: string,
  platform: Platform,
): Promise<PulledImage> {
  const { world, blobs, unpacker } = sources;
  const { repository, image } = resolve(sources, reference);
  const own = selectPlatform(repository, image, platform);
  try {
    const { content } = own.parsed;
    if (!('layers' in content)) throw new Error(`${own.digest} is an index inside an index`);
    const config = runConfig.parse(
      JSON.parse((await blobs.read(content.config.digest)).toString()),
    );
    const root = await unpacker.rootDirectory(own.digest, content, config.rootfs.diff_ids);
    image.lastPulledAtMs = world.clock.now();
    const { Env, Entrypoint, Cmd, WorkingDir, Volumes } = config.config;
    return {
      digest: image.digest,
      platformDigest: own.digest,
      platform: { os: config.os, architecture: config.architecture },
      rootDirectory: root,
      entrypoint: Entrypoint ?? [],
      command: Cmd ?? [],
      environment: Object.fromEntries((Env ?? []).map(splitAssignment)),
      workingDirectory: WorkingDir || '/',
      ...(Volumes && { volumes: Object.keys(Volumes) }),
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract ${reference}: ${cause}`,
      { cause: error },
    );
  }
}

function resolve(
  { world, repositories }: PullSources,
  reference: string,
): { repository: Repository; image: StoredImage } {
  const unresolved = (why: string) =>
    new Error(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ${why}`,
    );
  const parsed = parseImageReference(reference, world.identity);
  if (!parsed) {
    throw unresolved(`this simulator has only the registry ${registryHost(world.identity)}`);
  }
  const repository = repositories.find(parsed.repository);
  // A digest decides; a tag beside it is only a label for people.
  const image = repository?.find(parsed.digest ?? parsed.tag ?? '');
  if (!repository || !image) throw unresolved(`${reference}: not found`);
  return { repository, image };
}

/**
 * The image itself, or the index's child for the platform; attestations are of platform unknown/unknown
 * and never match. A single manifest is taken whatever its architecture (aws-facts 1.5, 2.8).
 */
function selectPlatform(
  repository: Repository,
  image: StoredImage,
  platform: Platform,
): StoredImage {
  if (image.parsed.kind === 'image') return image;
  const entry = image.parsed.content.manifests.find(
    (child) =>
      child.annotations?.['vnd.docker.reference.type'] === undefined &&
      child.platform?.os === platform.os &&
      child.platform.architecture === platform.architecture,
  );
  const child = entry && repository.images.get(entry.digest);
  if (child) return child;
  throw new Error(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform '${platform.os}/${platform.architecture}'`,
  );
}

function splitAssignment(assignment: string): [string, string] {
  const at = assignment.indexOf('=');
  return at < 0 ? [assignment, ''] : [assignment.slice(0, at), assignment.slice(at + 1)];
}
