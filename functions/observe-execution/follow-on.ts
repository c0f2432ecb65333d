import { type SettleOptions, settle } from '../core/deployment/settle.ts';
import { type StopRequest, speaksAgainstRelease } from '../core/deployment/stop-request.ts';
import { TransientAwsError } from '../core/errors.ts';
import type { ServiceDeployment } from '../core/ports/service-deployments.ts';
import type { RolloutStory } from '../core/rolling/rollout-record.ts';
import { isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from '../roll-out/roll-out-deps.ts';
import { rolloutsAfter } from '../roll-out/rollouts-after.ts';
import { verifyWayBack } from '../roll-out/verify-way-back.ts';

/** A way back takes as long as tasks take to start and to drain; what takes longer is looked at again. */
export function following({
  clock,
  signal,
}: Pick<ConcludeRolloutDeps, 'clock' | 'signal'>): SettleOptions {
  return { intervalMs: 10_000, limitMs: 300_000, clock, signal };
}

/**
 * What followed a rollout that is over and that nobody carries on. Stopping an execution does not stop the function that
 * it waited for: a release that failed its checks in production is taken back by that one, and only followed here.
 * TransientAwsError while it is on its way.
 */
export async function followOn(
  ended: ServiceDeployment,
  { stop, unproven }: { readonly stop: StopRequest | undefined; readonly unproven: string },
  watched: WatchedRollout,
  deps: ConcludeRolloutDeps,
): Promise<Pick<RolloutStory, 'back' | 'unproven' | 'overtakenBy'>> {
  if (ended.status === 'ROLLBACK_SUCCESSFUL') {
    return { back: await verifyWayBack(ended, undefined, watched, deps) };
  }
  if (ended.status !== 'SUCCESSFUL') return {};
  if (stop === undefined || !speaksAgainstRelease(stop)) return { unproven };
  const { originalTaskDefinitionArn } = watched.progress.release;
  const isOthers = ({ taskDefinitionArn }: { readonly taskDefinitionArn: string }) =>
    taskDefinitionArn !== originalTaskDefinitionArn;
  const next = await settle(
    async () => (await rolloutsAfter(ended.createdAtMs, watched, deps))[0],
    (first) => first === undefined || !(isOthers(first) || isRolloutOver(first)),
    following(deps),
  );
  if (next === undefined) return { unproven };
  if (isOthers(next)) return { overtakenBy: rolloutId(next) };
  if (isRolloutOver(next)) return { back: await verifyWayBack(ended, next, watched, deps) };
  // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
  throw new TransientAwsError(
    `Rollout ${rolloutId(next)}, the way back of ${rolloutId(watched)}, is ${next.status}, expected it to end`,
  );
}
