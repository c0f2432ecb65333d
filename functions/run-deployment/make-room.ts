import type { ServiceConfig } from '../core/config/schema.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { type RequestStopDeps, requestStop } from '../core/deployment/request-stop.ts';
import { isRollback, onlyRetentionLeft, productionTouched } from '../core/deployment/status.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Deployment, Deployments } from '../core/ports/deployments.ts';
import type { Release } from '../core/release.ts';

export interface MakeRoomDeps extends RequestStopDeps {
  readonly deployments: Pick<Deployments, 'target' | 'stop' | 'endRetention'>;
}

/**
 * Makes room for the newest release, as far as the configuration lets it (design D8): a deployment of ours that no
 * production request has met yet is stopped when `onNewerPush` is `supersede`, and one that only keeps its original
 * for a while is let go of it when `endRetentionEarly` is set. What others deploy is waited for.
 */
export async function makeRoom(
  active: Deployment,
  { onNewerPush, endRetentionEarly }: Pick<ServiceConfig, 'onNewerPush' | 'endRetentionEarly'>,
  { tag, digest }: Pick<Release, 'tag' | 'digest'>,
  deps: MakeRoomDeps,
): Promise<void> {
  const ours = parseDeploymentDescription(active.description) !== undefined && !isRollback(active);
  if (!ours || (onNewerPush === 'wait' && !endRetentionEarly)) return;
  const { deploymentId } = active;
  const target = await deps.deployments.target(deploymentId);
  if (onlyRetentionLeft(target)) {
    if (!endRetentionEarly) return;
    const answer = await deps.deployments.endRetention(deploymentId);
    deps.log.info('retention ended early', { deploymentId, for: tag, answer });
    return;
  }
  if (onNewerPush === 'wait' || productionTouched(target)) return;
  const sentence = `image ${tag} (${shortDigest(digest)}) was pushed before production saw this one`;
  await requestStop(deploymentId, { cause: 'superseded', sentence, evidence: [] }, deps);
}
