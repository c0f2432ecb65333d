import type { Rollout } from '../core/ports/service-deployments.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';

/** Rollouts of the service that began after ours, oldest first. */
export async function rolloutsAfter(
  createdAtMs: number,
  { arn, service: { target } }: Pick<WatchedRollout, 'arn' | 'service'>,
  { serviceDeployments }: Pick<ConcludeRolloutDeps, 'serviceDeployments'>,
): Promise<Rollout[]> {
  const known = await serviceDeployments.list(target.cluster, target.service, createdAtMs);
  return known
    .filter((rollout) => rollout.arn !== arn && rollout.createdAtMs >= createdAtMs)
    .toReversed();
}
