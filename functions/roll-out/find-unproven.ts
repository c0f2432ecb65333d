import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { shortDigest } from '../core/image/digest.ts';
import { rolloutLookBackMs } from '../core/rolling/look-back.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { readProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';

/** After its bake a release is verified, or taken back, which is a rollout that is waited for like any other. */
const settledWithinMs = 20 * 60_000;

/**
 * The release of ours that has all of production and has no record of its end yet, in words; undefined when there is
 * none. To ECS its rollout is over when its bake begins.
 */
export async function findUnproven(
  { name, target }: WatchedRollout['service'],
  deps: Pick<RollOutDeps, 'serviceDeployments' | 'records' | 'clock' | 'log'>,
): Promise<string | undefined> {
  const { cluster, service, bakeMinutes } = target;
  const nowMs = deps.clock.now();
  const [last] = await deps.serviceDeployments.list(cluster, service, nowMs - rolloutLookBackMs);
  if (last?.status !== 'SUCCESSFUL') return undefined;
  const settledByMs = (last.finishedAtMs ?? 0) + bakeMinutes * 60_000 + settledWithinMs;
  if (nowMs > settledByMs) return undefined;
  const id = rolloutId(last);
  const progress = await readProgress(id, deps);
  if (progress === undefined || (await hasEnded(id, deps))) return undefined;
  const { tag, digest } = progress.release;
  deps.log.info('what runs is not proven yet', { service: name, deploymentId: id });
  return `rollout ${id} of ${tag} (${shortDigest(digest)})`;
}

/** Without a bucket nobody is waited for (design D2). */
async function hasEnded(
  id: string,
  { records, log }: Pick<RollOutDeps, 'records' | 'log'>,
): Promise<boolean> {
  try {
    return (await records.read(deploymentRecordKeys.record(id))) !== undefined;
  } catch (error) {
    log.warn('deployment record unreadable', { deploymentId: id, error });
    return true;
  }
}
