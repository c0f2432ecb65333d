import { GreengateError } from '../errors.ts';
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

/** Records how a push ended for its service. */
export async function recordOutcome(
  deps: PushRecordDeps,
  request: ReleaseRequest,
  execution: ExecutionIdentity,
  end: {
    readonly outcome: Outcome;
    readonly reason: string;
    readonly deploymentId?: string;
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
    ...execution,
    ...(end.deploymentId === undefined ? {} : { deploymentId: end.deploymentId }),
    recordedAt: new Date(deps.clock.now()).toISOString(),
  };
  await deps.records.write(pushRecordKeys.outcome(eventId, service), record);
}

/**
 * Runs a step and records `failed` when it fails for good, so that a push that ends here has its outcome
 * too (promise P1). The step's own error always leaves; a record that cannot be written is only logged.
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
    if (error instanceof GreengateError && !error.retryable) {
      const end = { outcome: 'failed', reason: error.message } as const;
      await recordOutcome(deps, request, execution, end).catch((recordError: unknown) =>
        deps.log.error('the failed push could not be recorded', { error: recordError }),
      );
    }
    throw error;
  }
}
