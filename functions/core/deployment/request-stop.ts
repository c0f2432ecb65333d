import type { Clock } from '../ports/clock.ts';
import type { Deployments } from '../ports/deployments.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import { deploymentRecordKeys } from './deployment-record-keys.ts';
import type { StopRequest } from './stop-request.ts';

export interface RequestStopDeps {
  readonly deployments: Pick<Deployments, 'stop'>;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Stops a deployment, with rollback, and says why: the reason is kept first, so that whoever concludes the
 * deployment finds it. The first reason stays, also when a crash between the two repeats this.
 */
export async function requestStop(
  deploymentId: string,
  reason: Pick<StopRequest, 'cause' | 'sentence' | 'evidence'>,
  deps: RequestStopDeps,
): Promise<'stopping' | 'already-completed'> {
  const key = deploymentRecordKeys.stopRequest(deploymentId);
  try {
    if ((await deps.records.read(key)) === undefined) {
      const requestedAt = new Date(deps.clock.now()).toISOString();
      const request: StopRequest = { ...reason, requestedAt };
      await deps.records.write(key, request);
    }
  } catch (error) {
    // Losing the bucket loses the reason, never the stop (design D2).
    deps.log.error('record not written', { key, error });
  }
  const answer = await deps.deployments.stop(deploymentId);
  deps.log.info('deployment stopped', { deploymentId, ...reason, answer });
  return answer;
}
