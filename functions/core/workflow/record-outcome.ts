import { GreengateError, ReleaseHeld, ReleaseRefused } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import type { ExecutionIdentity, Outcome, ReleaseRequest, UnresolvedRequest } from '../release.ts';
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
  request: ReleaseRequest | UnresolvedRequest,
  execution: ExecutionIdentity,
  end: {
    readonly outcome: Outcome;
    readonly reason: string;
    readonly deploymentId?: string;
    readonly notifiedAt?: string;
  },
): Promise<void> {
  const { service, eventId } = request;
  const record: PushRecord = {
    outcome: end.outcome,
    reason: end.reason,
    ...requestMembers(request),
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

/** Of a release only what was asked for: the rest is in the deployment's record. */
function requestMembers(
  request: ReleaseRequest | UnresolvedRequest,
): ReleaseRequest | UnresolvedRequest {
  const { service, eventId, overrideFreeze } = request;
  const override = overrideFreeze === undefined ? {} : { overrideFreeze };
  if ('asked' in request) return { service, asked: request.asked, eventId, ...override };
  const { repository, tag, digest, pushedAt, force, byHand } = request;
  return {
    service,
    repository,
    tag,
    digest,
    pushedAt,
    eventId,
    ...override,
    ...(force && { force }),
    ...(byHand && { byHand }),
  };
}

/**
 * Runs a step and records `failed`, or `refused` for a release that is held, when it fails for good, so that a push that ends here has its outcome
 * too (promise P1). An error that nobody foresaw is for good as well: the state machine retries none by its
 * name. The step's own error always leaves.
 */
export async function recordingFailure<T>(
  deps: PushRecordDeps,
  request: ReleaseRequest | UnresolvedRequest,
  execution: ExecutionIdentity,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof GreengateError && error.retryable)) {
      const reason = error instanceof Error ? error.message : String(error);
      const outcome =
        error instanceof ReleaseHeld || error instanceof ReleaseRefused ? 'refused' : 'failed';
      await recordOutcome(deps, request, execution, { outcome, reason });
    }
    throw error;
  }
}
