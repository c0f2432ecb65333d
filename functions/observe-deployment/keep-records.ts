import type { DeploymentRecord } from '../core/deployment/deployment-record.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../core/deployment/parse-deployment-record.ts';
import { noteNotified } from '../core/notification/note-notified.ts';
import { notifyOnce, type Telling } from '../core/notification/notify-once.ts';
import { renderNotification } from '../core/notification/render-notification.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import { parsePushRecord, pushRecordKeys } from '../core/workflow/push-record.ts';
import { recordOutcome } from '../core/workflow/record-outcome.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

type RecordDeps = Pick<ConcludeDeps, 'records' | 'notifier' | 'clock' | 'log'>;

/** The record of an earlier conclusion. An unreadable one counts as none: the conclusion is made again. */
export async function readRecord(
  deploymentId: string,
  { records, log }: { readonly records: Pick<Records, 'read'>; readonly log: Log },
): Promise<DeploymentRecord | undefined> {
  try {
    return parseDeploymentRecord(await records.read(deploymentRecordKeys.record(deploymentId)));
  } catch (error) {
    log.warn('deployment record unreadable', { deploymentId, error });
    return undefined;
  }
}

/**
 * Writes the push's outcome and, last, the deployment's record, behind which nothing is made again; a lost record
 * never holds the answer back (D2).
 */
export async function keepRecords(record: DeploymentRecord, deps: RecordDeps): Promise<void> {
  const { deploymentId, outcome, reason, release, execution } = record;
  if (!(await hasLaterOutcome(record, deps))) {
    await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
  }
  await attempt(deploymentRecordKeys.record(deploymentId), deps, () =>
    deps.records.write(deploymentRecordKeys.record(deploymentId), record),
  );
}

/**
 * Whether a redrive has left an outcome already: the end of the deployment before it was heard of late, and is history.
 * What cannot be read does not hold the outcome back (D2).
 */
async function hasLaterOutcome(
  { release, execution }: DeploymentRecord,
  { records, log }: RecordDeps,
): Promise<boolean> {
  const key = pushRecordKeys.outcome(release.eventId, release.service);
  try {
    const kept = parsePushRecord(await records.read(key));
    return (
      kept?.executionName === execution.executionName && kept.redriveCount > execution.redriveCount
    );
  } catch (error) {
    log.warn('record unreadable', { key, error });
    return false;
  }
}

/** Tells people of the end, once, and notes in the record when that was. */
export async function notify(
  record: DeploymentRecord,
  deps: RecordDeps,
): Promise<Telling['kind'] | 'noted-before'> {
  if (record.notifiedAt !== undefined) return 'noted-before';
  const { deploymentId, recordedAt } = record;
  const notedIn = { key: deploymentRecordKeys.record(deploymentId), recordedAt };
  const telling = await notifyOnce(
    deploymentRecordKeys.notification(deploymentId),
    'deployment ended',
    renderNotification(record),
    deps,
    notedIn,
  );
  if (telling.kind === 'sent' || telling.kind === 'sent-before') {
    // Of the record as it is by now: verify-release may have written to it.
    await attempt(notedIn.key, deps, () => noteNotified(notedIn, telling.sentAt, deps));
  }
  return telling.kind;
}

async function attempt(
  key: string,
  { log }: Pick<RecordDeps, 'log'>,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.error('record not written', { key, error });
  }
}
