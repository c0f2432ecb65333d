import { GreengateError, ReleaseHeld } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import type { ExecutionIdentity, Outcome, ReleaseRequest } from '../release.ts';
import { type PushRecord, pushRecordKeys } from './push-record.ts';

export interface PushRecordDeps {
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Records how a push ended for its service. A record that cannot be written is only logged: losing the bucket
 * loses history, never a release (design D2); the execution's own output says the same.
 */
export async function recordOutcome(
  deps: PushRecordDeps,
  request: ReleaseRequest,
  execution: ExecutionIdentity,
  end: {
    readonly outcome: Outcome;
    readonly reason: string;
    readonly deploymentId?: string;
    readonly notifiedAt?: string;
  },
): Promise<void> {
  const { service, repository, tag, digest, pushedAt, eventId } = request;
  const record: PushRecord = {
    outcome: end.outcome,
    reason: end.reason,
    service,
    repository,
    tag,
    digest,
    pushedAt,
    eventId,
    ...(request.overrideFreeze === undefined ? {} : { overrideFreeze: request.overrideFreeze }),
    ...execution,
    ...(end.deploymentId === undefined ? {} : { deploymentId: end.deploymentId }),
    recordedAt: new Date(deps.clock.now()).toISOString(),
    ...(end.notifiedAt === undefined ? {} : { notifiedAt: end.notifiedAt }),
  };
  const key = pushRecordKeys.outcome(eventId, service);
  try {
    await deps.records.write(key, record);
  } catch (error) {
    deps.log.error('record not written', { key, error });
  }
}

/**
 * Runs a step and records `failed`, or `refused` for a release that is held, when it fails for good, so that a push that ends here has its outcome
 * too (promise P1). An error that nobody foresaw is for good as well: the state machine retries none by its
 * name. The step's own error always leaves.
 */
export async function recordingFailure<T>(
  deps: PushRecordDeps,
  request: ReleaseRequest,
  execution: ExecutionIdentity,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof GreengateError && error.retryable)) {
      const reason = error instanceof Error ? error.message : String(error);
      const outcome = error instanceof ReleaseHeld ? 'refused' : 'failed';
      await recordOutcome(deps, request, execution, { outcome, reason });
    }
    throw error;
  }
}
