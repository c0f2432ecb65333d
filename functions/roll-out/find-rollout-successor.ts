import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { findNewerImage } from '../core/supersession/find-newer-image.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { readProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';

/**
 * What takes a release's place before it began, as `findSuccessor` has it for CodeDeploy: a newer image, or one that a
 * person rolled out by hand after this one was pushed. Nothing does that of a release that is forced, and a redrive is
 * a person's word too.
 */
export async function findRolloutSuccessor(
  known: readonly Rollout[],
  service: WatchedRollout['service'],
  { release, execution }: Pick<RollOutInput, 'release' | 'execution'>,
  deps: RollOutDeps,
): Promise<NewerImage | undefined> {
  if (release.force === true) return undefined;
  const newer = await findNewerImage(deps, service, release);
  if (newer !== undefined || execution.redriveCount > 0) return newer;
  const pushedAtMs = Date.parse(release.pushedAt);
  for (const rollout of known) {
    if (rollout.status !== 'SUCCESSFUL' || rollout.createdAtMs <= pushedAtMs) continue;
    const id = rolloutId(rollout);
    const { release: chosen } = (await readProgress(id, deps)) ?? {};
    if (chosen?.byHand === undefined || (await wasTakenBack(id, deps))) continue;
    const { tag, digest } = chosen;
    const at = new Date(rollout.createdAtMs).toISOString();
    const sentence = `A person deployed ${tag} (${shortDigest(digest)}) by hand at ${at}, after ${release.tag} (${shortDigest(release.digest)}) was pushed; to release it nonetheless, start a new execution with the same input`;
    return { tag, digest, pushedAtMs: Date.parse(chosen.pushedAt), sentence };
  }
  return undefined;
}

/** One that failed its checks afterwards succeeded for ECS all the same. */
async function wasTakenBack(
  id: string,
  { records }: Pick<RollOutDeps, 'records'>,
): Promise<boolean> {
  return (await records.read(deploymentRecordKeys.stopRequest(id))) !== undefined;
}
