import type { Rollout } from '../core/ports/service-deployments.ts';
import { isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import { rolloutsAfter } from './rollouts-after.ts';
import { startRollout } from './start-rollout.ts';
import { pause } from './take-time.ts';

const lookIntervalMs = 10_000;

/**
 * Brings the previous revision back after a rollout that succeeded, and waits for the end of that. Nothing is started
 * where something came after the rollout already: an earlier try of this very step, or somebody else, in whose way it
 * would be (promise P4); theirs is returned as soon as it is seen.
 */
export async function goBack(
  createdAtMs: number,
  { arn, service, progress }: WatchedRollout,
  deps: RollOutDeps,
): Promise<Rollout> {
  const { name, target } = service;
  const { originalTaskDefinitionArn } = progress.release;
  const first = async () => (await rolloutsAfter(createdAtMs, { arn, service }, deps))[0];
  if ((await first()) === undefined) {
    const request = { ...target, taskDefinitionArn: originalTaskDefinitionArn };
    await startRollout(request, first, deps);
    deps.log.info('previous revision redeployed', { service: name, originalTaskDefinitionArn });
  }
  for (;;) {
    const back = await first();
    const isOthers = back !== undefined && back.taskDefinitionArn !== originalTaskDefinitionArn;
    if (back !== undefined && (isOthers || isRolloutOver(back))) return back;
    const what = back === undefined ? 'The way back' : `The way back, rollout ${rolloutId(back)},`;
    await pause(lookIntervalMs, what, deps);
  }
}
