import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import { findFreeze, freezeEnd } from '../../functions/core/gates/find-freeze.ts';
import type { EcsServices } from '../../functions/core/ports/ecs-services.ts';
import type { ImageRegistry } from '../../functions/core/ports/image-registry.ts';
import type { LineSwitch } from '../../functions/core/ports/line-switch.ts';
import type { PastRelease } from './past-releases.ts';
import { type HistoryLine, historyLine } from './render-history.ts';

/** What runs, what was released last, and what holds the next release. */
export interface ServiceStatus {
  readonly service: string;
  /** Digests that running tasks have, with how many of them. */
  readonly running: readonly {
    readonly digest: string;
    readonly tags: readonly string[];
    readonly tasks: number;
  }[];
  readonly desired: number | null;
  /** Newest first: those that run, then the last that is over. */
  readonly releases: readonly HistoryLine[];
  /** Why nothing is released now; null when nothing holds it. */
  readonly held: string | null;
}

export interface StatusDeps {
  readonly config: Config;
  readonly services: EcsServices;
  readonly images: Pick<ImageRegistry, 'listTaggedImages'>;
  readonly line: LineSwitch;
  readonly nowMs: number;
  /** The manifest that tasks of a release run, which for an index is not the digest that was pushed. */
  readonly platformDigestOf: (release: PastRelease) => Promise<string | undefined>;
}

/** Older ones than these are not asked for the digest that their tasks ran. */
const askedReleases = 3;

export async function serviceStatus(
  service: ServiceConfig,
  releases: readonly PastRelease[],
  deps: StatusDeps,
): Promise<ServiceStatus> {
  const { cluster, service: ecsName, container } = service.target;
  const [ecsService, tasks, images, held] = await Promise.all([
    deps.services.describeService(cluster, ecsName),
    deps.services.listRunningTasks(cluster, ecsName),
    deps.images.listTaggedImages(service.image.repository),
    heldBy(service.name, deps),
  ]);
  const digests = tasks.flatMap(
    ({ containers }) => containers.find(({ name }) => name === container)?.imageDigest ?? [],
  );
  const mine = releases.filter(({ request }) => request?.service === service.name);
  const tags = await tagsByDigest(images, mine, deps);
  const open = mine.filter(({ end }) => end === undefined);
  const over = mine.filter(({ end }) => end !== undefined).slice(0, 1);
  return {
    service: service.name,
    running: [...new Set(digests)].map((digest) => ({
      digest,
      tags: tags.get(digest) ?? [],
      tasks: digests.filter((one) => one === digest).length,
    })),
    desired: ecsService?.desiredCount ?? null,
    releases: [...open, ...over].map(historyLine),
    held,
  };
}

/** A task runs the manifest of its platform; the tag names the index around it, which only the release knows. */
async function tagsByDigest(
  images: Awaited<ReturnType<ImageRegistry['listTaggedImages']>>,
  releases: readonly PastRelease[],
  { platformDigestOf }: Pick<StatusDeps, 'platformDigestOf'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = new Map(images.map(({ digest, tags }) => [digest, tags]));
  const deployed = releases.filter(({ end }) => end?.outcome === 'deployed');
  for (const release of deployed.slice(0, askedReleases)) {
    const digest = await platformDigestOf(release);
    if (digest === undefined || release.request === undefined) continue;
    const { tag } = release.request;
    if (tag !== undefined && !known.has(digest)) known.set(digest, [tag]);
  }
  return known;
}

async function heldBy(
  service: string,
  { config, line, nowMs }: Pick<StatusDeps, 'config' | 'line' | 'nowMs'>,
): Promise<string | null> {
  const stopped = await line.stopped(service);
  if (stopped !== undefined)
    return `the line is stopped by ${stopped.parameter}: ${stopped.reason}`;
  const freeze = findFreeze(config.freezes, service, nowMs);
  return freeze === undefined ? null : `freeze "${freeze.name}" until ${freezeEnd(freeze)}`;
}
