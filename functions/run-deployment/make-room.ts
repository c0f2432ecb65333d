import type { ServiceConfig } from '../core/config/schema.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { type RequestStopDeps, requestStop } from '../core/deployment/request-stop.ts';
import { isRollback, onlyRetentionLeft, productionTouched } from '../core/deployment/status.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Deployment, Deployments } from '../core/ports/deployments.ts';
import type { Release } from '../core/release.ts';
import { executionPrefix } from '../core/sweep/known-execution.ts';
import { readHandRelease, readRelease } from './read-hand-release.ts';

export interface MakeRoomDeps extends RequestStopDeps {
  readonly deployments: Pick<Deployments, 'target' | 'stop' | 'endRetention'>;
}

/**
 * Makes room for the newest release, as far as the configuration lets it (design D8): a deployment of ours that no
 * production request has met yet is stopped when `onNewerPush` is `supersede`, and one that only keeps its original
 * for a while is let go of it when `endRetentionEarly` is set. What others deploy is waited for, and so is this very image:
 * a push of two tags is two pushes, and a person may ask twice.
 */
export async function makeRoom(
  active: Deployment,
  {
    name,
    onNewerPush,
    endRetentionEarly,
  }: Pick<ServiceConfig, 'name' | 'onNewerPush' | 'endRetentionEarly'>,
  release: Pick<Release, 'tag' | 'digest' | 'pushedAt' | 'force' | 'byHand'>,
  deps: MakeRoomDeps,
): Promise<void> {
  const ours = parseDeploymentDescription(active.description) !== undefined && !isRollback(active);
  // Who goes back has no use for the wait that keeps the way back open.
  const letGo = endRetentionEarly || release.byHand === 'rollback';
  if (!ours || (onNewerPush === 'wait' && !letGo)) return;
  if (await deploys(active, name, release.digest, deps)) return;
  const { deploymentId } = active;
  const target = await deps.deployments.target(deploymentId);
  if (onlyRetentionLeft(target)) {
    if (!letGo) return;
    const answer = await deps.deployments.endRetention(deploymentId);
    deps.log.info('retention ended early', { deploymentId, for: release.tag, answer });
    return;
  }
  if (onNewerPush === 'wait' || productionTouched(target)) return;
  if (await isLaterChoice(active, release, deps)) return;
  const image = `${release.tag} (${shortDigest(release.digest)})`;
  const sentence =
    release.byHand === undefined
      ? `image ${image} was pushed before production saw this one`
      : `a person released ${image} by hand before production saw this one`;
  await requestStop(deploymentId, { cause: 'superseded', sentence, evidence: [] }, deps);
}

/** Whether a deployment of ours is for this image: the name of its execution tells, else what was kept of it. */
async function deploys(
  active: Deployment,
  service: string,
  digest: string,
  deps: MakeRoomDeps,
): Promise<boolean> {
  const { executionName = '' } = parseDeploymentDescription(active.description) ?? {};
  if (executionName.startsWith(executionPrefix(service, digest))) return true;
  return (await readRelease(active, deps))?.digest === digest;
}

/** What a person chose by hand after this release was pushed is the later decision, and is waited for. */
async function isLaterChoice(
  active: Deployment,
  { pushedAt, force }: Pick<Release, 'pushedAt' | 'force'>,
  deps: MakeRoomDeps,
): Promise<boolean> {
  if (force === true || active.createdAtMs <= Date.parse(pushedAt)) return false;
  return (await readHandRelease(active, deps)) !== undefined;
}
