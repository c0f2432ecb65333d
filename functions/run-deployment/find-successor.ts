import type { ServiceConfig } from '../core/config/schema.ts';
import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import { findNewerImage } from '../core/supersession/find-newer-image.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { findSamePushDeployed } from './find-same-push.ts';
import { readHandRelease } from './read-hand-release.ts';

export interface FindSuccessorDeps {
  readonly images: ImageRegistry;
  readonly records: Records;
  readonly log: Log;
}

/**
 * What takes a release's place before it began: a newer image, or one that a person deployed by hand after this one was
 * pushed, which is the later decision though the image is older. Nothing does that of a release that is forced, and a
 * redrive is a person's word too. Nor is a push deployed twice that two executions were started for.
 */
export async function findSuccessor(
  known: readonly Deployment[],
  service: Pick<ServiceConfig, 'image'>,
  { release, execution }: Pick<TrackedDeployment, 'release' | 'execution'>,
  deps: FindSuccessorDeps,
): Promise<NewerImage | undefined> {
  if (release.force === true) return undefined;
  const newer = await findNewerImage(deps, service, release);
  if (newer !== undefined || execution.redriveCount > 0) return newer;
  const before = await findSamePushDeployed(known, { release, execution }, deps);
  if (before !== undefined) return before;
  const pushedAtMs = Date.parse(release.pushedAt);
  for (const one of known) {
    if (one.status !== 'Succeeded' || one.createdAtMs <= pushedAtMs) continue;
    const chosen = await readHandRelease(one, deps);
    if (chosen === undefined) continue;
    const { tag, digest } = chosen;
    const at = new Date(one.createdAtMs).toISOString();
    const sentence = `A person deployed ${tag} (${shortDigest(digest)}) by hand at ${at}, after ${release.tag} (${shortDigest(release.digest)}) was pushed; to release it nonetheless, start a new execution with the same input`;
    return { tag, digest, pushedAtMs: Date.parse(chosen.pushedAt), sentence };
  }
  return undefined;
}
