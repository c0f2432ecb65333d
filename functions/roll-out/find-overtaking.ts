import type { Rollout } from '../core/ports/service-deployments.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { readProgress } from './keep-progress.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';

/**
 * The first rollout that began after ours had succeeded, undefined when there is none: ECS has no lock while a release
 * bakes, and what production answers from then on is not for ours to answer. Our own way back is none: it runs the
 * previous revision, and no execution has left its progress.
 */
export async function findOvertaking(
  createdAtMs: number,
  { arn, service: { target }, progress }: WatchedRollout,
  deps: Pick<ConcludeRolloutDeps, 'serviceDeployments' | 'records' | 'log'>,
): Promise<Rollout | undefined> {
  const known = await deps.serviceDeployments.list(target.cluster, target.service, createdAtMs);
  const later = known.filter((one) => one.arn !== arn && one.createdAtMs > createdAtMs);
  for (const rollout of later.toReversed()) {
    const { originalTaskDefinitionArn } = progress.release;
    if (rollout.taskDefinitionArn !== originalTaskDefinitionArn) return rollout;
    if ((await readProgress(rolloutId(rollout), deps)) !== undefined) return rollout;
  }
  return undefined;
}
