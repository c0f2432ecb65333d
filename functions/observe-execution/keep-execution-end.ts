import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import { executionEnd } from '../core/notification/execution-end.ts';
import { type NotifyDeps, notifyOnce } from '../core/notification/notify-once.ts';
import { renderExecutionNotification } from '../core/notification/render-execution-notification.ts';
import type { Notification } from '../core/notification/render-notification.ts';
import { renderPreflightNotification } from '../core/notification/render-preflight-notification.ts';
import { parsePreflightRecord } from '../core/preflight/preflight-record.ts';
import type { ExecutionIdentity } from '../core/release.ts';
import { parseRolloutRecord } from '../core/rolling/parse-rollout-record.ts';
import type { RolloutRecord } from '../core/rolling/rollout-record.ts';
import { type PushRecord, parsePushRecord, pushRecordKeys } from '../core/workflow/push-record.ts';
import { recordOutcome } from '../core/workflow/record-outcome.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';
import { notify, readRecord } from '../observe-deployment/keep-records.ts';
import { tellRollout } from '../roll-out/conclude-rollout.ts';

type Deps = Pick<ConcludeDeps, 'records' | 'notifier' | 'clock' | 'log'> &
  Pick<NotifyDeps, 'unclaimed'>;

export type ExecutionEnd = Pick<
  PushRecord,
  'outcome' | 'reason' | 'deploymentId' | 'notifiedAt'
> & {
  /** What the deployment ended with, when that and not the execution's own end is told; public names of core/errors.ts. */
  readonly error?: string;
};

/** What an execution that ended badly may have come to and people have to hear of; the rest is its normal course. */
const worthTelling: readonly PushRecord['outcome'][] = [
  'failed',
  'refused',
  'deployed',
  'rolled-back',
];

/** These were told where they were found out, with the deployment's end. */
const toldAlready = [
  'DeploymentRolledBack',
  'DeploymentFailed',
  'RollbackFailed',
  'RollbackMissing',
];

/** The outcome that this attempt left, or a redrive of it; none of an attempt before. Unreadable counts as none (design D2). */
export async function recordedEnd(
  { request, executionName, redriveCount }: ExecutionEnded,
  { records, log }: Deps,
): Promise<PushRecord | undefined> {
  const key = pushRecordKeys.outcome(request.eventId, request.service);
  try {
    const record = parsePushRecord(await records.read(key));
    const same = record?.executionName === executionName && record.redriveCount >= redriveCount;
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
  const { request, executionArn, executionName, redriveCount, startedAt } = event;
  const execution: ExecutionIdentity = { executionArn, executionName, redriveCount, startedAt };
  const keep = (notifiedAt?: string) =>
    recordOutcome(deps, request, execution, { ...end, ...(notifiedAt && { notifiedAt }) });
  if (!('recordedAt' in end)) await keep();
  deps.log.info('execution ended', { executionName, outcome: end.outcome, reason: end.reason });
  if (end.notifiedAt !== undefined || (await toldByDeployment(event, end, deps))) return;
  if (!worthTelling.includes(end.outcome) || toldAlready.includes(event.error ?? '')) {
    return;
  }
  const telling = await notifyOnce(
    pushRecordKeys.notification(request.eventId, request.service),
    executionEnd(event),
    (await refusalOf(event, deps)) ?? renderExecutionNotification(event, end),
    deps,
  );
  if (telling.kind === 'sent' || telling.kind === 'sent-before') await keep(telling.sentAt);
}

/**
 * Whether the end is that of a deployment which has a record: its notification tells of it, and goes out now if who
 * was to send it crashed. That CodeDeploy's success could not be confirmed is news beyond it.
 */
async function toldByDeployment(
  { error }: ExecutionEnded,
  { deploymentId }: ExecutionEnd,
  deps: Deps,
): Promise<boolean> {
  if (deploymentId === undefined) return false;
  const record = await readRecord(deploymentId, deps);
  if (record !== undefined) {
    if (error === 'VerificationFailed') return false;
    await notify(record, deps);
    return true;
  }
  const rollout = await readRolloutRecord(deploymentId, deps);
  if (rollout !== undefined) await tellRollout(rollout, deps);
  return rollout !== undefined;
}

async function readRolloutRecord(
  deploymentId: string,
  { records, log }: Deps,
): Promise<RolloutRecord | undefined> {
  try {
    return parseRolloutRecord(await records.read(deploymentRecordKeys.record(deploymentId)));
  } catch (error) {
    log.warn('deployment record unreadable', { deploymentId, error });
    return undefined;
  }
}

/** What preflight could not tell people itself, with its remedies. */
async function refusalOf(
  event: ExecutionEnded,
  { records, log }: Deps,
): Promise<Notification | undefined> {
  if (event.error !== 'PreflightRefused') return undefined;
  const key = pushRecordKeys.preflight(event.request.eventId, event.request.service);
  try {
    const record = parsePreflightRecord(await records.read(key), event);
    return record && renderPreflightNotification(record);
  } catch (error) {
    log.warn('preflight record unreadable', { key, error });
    return undefined;
  }
}
