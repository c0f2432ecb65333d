import { TransientAwsError } from '../core/errors.ts';
import type { Rollout, RolloutRequest } from '../core/ports/service-deployments.ts';
import type { RollOutDeps } from './roll-out-deps.ts';
import { pause } from './take-time.ts';

const shownIntervalMs = 1_000;
const shownTries = 30;

/**
 * Asks ECS for a rollout, and waits until `find` sees it; undefined if it does not. UpdateService takes no token, and
 * each repetition is a rollout more: where the answer was lost it is looked for as well, and the error leaves only when
 * nothing came of the request.
 */
export async function startRollout(
  request: RolloutRequest,
  find: () => Promise<Rollout | undefined>,
  deps: Pick<RollOutDeps, 'serviceDeployments' | 'clock' | 'signal' | 'remainingMs' | 'log'>,
): Promise<Rollout | undefined> {
  const lost = await askOnce(request, deps);
  for (let tried = 0; tried < shownTries; tried += 1) {
    const rollout = await find();
    if (rollout !== undefined) return rollout;
    await pause(shownIntervalMs, 'The rollout', deps);
  }
  if (lost !== undefined) throw lost;
  return undefined;
}

/** The error of a request that may have had its effect. */
async function askOnce(
  request: RolloutRequest,
  { serviceDeployments, log }: Pick<RollOutDeps, 'serviceDeployments' | 'log'>,
): Promise<TransientAwsError | undefined> {
  try {
    await serviceDeployments.start(request);
    return undefined;
  } catch (error) {
    if (!(error instanceof TransientAwsError) || error.details.throttled === true) throw error;
    log.warn('rollout asked for, answer lost', { service: request.service, error: error.message });
    return error;
  }
}
