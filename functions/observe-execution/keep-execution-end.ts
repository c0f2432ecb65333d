import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import { renderExecutionNotification } from '../core/notification/render-execution-notification.ts';
import type { ExecutionIdentity } from '../core/release.ts';
import { type PushRecord, parsePushRecord, pushRecordKeys } from '../core/workflow/push-record.ts';
import { recordOutcome } from '../core/workflow/record-outcome.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';

type Deps = Pick<ConcludeDeps, 'records' | 'notifier' | 'clock' | 'log'>;

export type ExecutionEnd = Pick<PushRecord, 'outcome' | 'reason' | 'deploymentId' | 'notifiedAt'>;

/** These were told where they were found out: with the deployment's end, and by preflight. */
const toldAlready = [
  'DeploymentRolledBack',
  'DeploymentFailed',
  'RollbackFailed',
  'PreflightRefused',
];

/** The outcome that this very attempt left; a redrive has one of its own. Unreadable counts as none (design D2). */
export async function recordedEnd(
  { request, executionName, redriveCount }: ExecutionEnded,
  { records, log }: Deps,
): Promise<PushRecord | undefined> {
  const key = pushRecordKeys.outcome(request.eventId, request.service);
  try {
    const record = parsePushRecord(await records.read(key));
    const same = record?.executionName === executionName && record.redriveCount === redriveCount;
    return same ? record : undefined;
  } catch (error) {
    log.warn('record unreadable', { key, error });
    return undefined;
  }
}

/** Records the end unless it is on record, and tells people of a failure that nobody told them of. */
export async function keepExecutionEnd(
  event: ExecutionEnded,
  end: ExecutionEnd,
  deps: Deps,
): Promise<void> {
  const told =
    !['failed', 'refused'].includes(end.outcome) ||
    end.notifiedAt !== undefined ||
    toldAlready.includes(event.error ?? '');
  const { executionArn, executionName, redriveCount, startedAt } = event;
  const execution: ExecutionIdentity = { executionArn, executionName, redriveCount, startedAt };
  const keep = (notifiedAt?: string) =>
    recordOutcome(deps, event.request, execution, { ...end, ...(notifiedAt && { notifiedAt }) });
  if (!('recordedAt' in end)) await keep();
  deps.log.info('execution ended', { executionName, outcome: end.outcome, reason: end.reason });
  if (told) return;
  try {
    await deps.notifier.publish(renderExecutionNotification(event, end));
  } catch (error) {
    deps.log.error('notification not published', { executionName, error });
    return;
  }
  await keep(new Date(deps.clock.now()).toISOString());
}
