import type { ServiceDeployment } from '../core/ports/service-deployments.ts';
import type { RolloutStory } from '../core/rolling/rollout-record.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { combineChecks } from '../core/verdict/combine-checks.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';
import { rolloutsAfter } from './rollouts-after.ts';
import { verifyPrevious } from './verify-previous.ts';

/**
 * Verifies the way back from a rollout, which ECS made itself unless `back` did. Where the next release began as soon as
 * it had ended, that one is what the service shows: then ECS's word for it is all there is.
 */
export async function verifyWayBack(
  { createdAtMs }: Pick<ServiceDeployment, 'createdAtMs'>,
  back: ServiceDeployment | undefined,
  watched: WatchedRollout,
  deps: ConcludeRolloutDeps,
): Promise<NonNullable<RolloutStory['back']>> {
  const checks = await verifyPrevious(watched, deps);
  const told = { ...(back && { rollout: back }), checks };
  if (combineChecks(checks).verdict === 'pass') return told;
  const later = await rolloutsAfter(createdAtMs, watched, deps);
  const next = later.find(({ arn }) => arn !== back?.arn);
  return next === undefined ? told : { ...told, overtakenBy: rolloutId(next) };
}
