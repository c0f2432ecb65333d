import type { Rollout } from '../core/ports/service-deployments.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { readProgress } from './keep-progress.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';
import { rolloutsAfter } from './rollouts-after.ts';

/**
 * The first rollout that began after ours had succeeded, undefined when there is none: ECS has no lock while a release
 * bakes, and what production answers from then on is not for ours to answer. Our own way back is none: it runs the
 * previous revision, and no execution has left its progress; what comes after that one has not overtaken ours.
 */
export async function findOvertaking(
  createdAtMs: number,
  watched: WatchedRollout,
  deps: Pick<ConcludeRolloutDeps, 'serviceDeployments' | 'records' | 'log'>,
): Promise<Rollout | undefined> {
  const [first] = await rolloutsAfter(createdAtMs, watched, deps);
  if (first === undefined) return undefined;
  const { originalTaskDefinitionArn } = watched.progress.release;
  const isWayBack =
    first.taskDefinitionArn === originalTaskDefinitionArn &&
    (await readProgress(rolloutId(first), deps)) === undefined;
  return isWayBack ? undefined : first;
}
