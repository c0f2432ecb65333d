import type { DeploymentRecord } from '../core/deployment/deployment-record.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../core/deployment/parse-deployment-record.ts';
import { renderNotification } from '../core/notification/render-notification.ts';
import { recordOutcome } from '../core/workflow/record-outcome.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

type RecordDeps = Pick<ConcludeDeps, 'records' | 'notifier' | 'clock' | 'log'>;

/** The record of an earlier conclusion. An unreadable one counts as none: the conclusion is made again. */
export async function readRecord(
  deploymentId: string,
  { records, log }: RecordDeps,
): Promise<DeploymentRecord | undefined> {
  try {
    return parseDeploymentRecord(await records.read(deploymentRecordKeys.record(deploymentId)));
  } catch (error) {
    log.warn('deployment record unreadable', { deploymentId, error });
    return undefined;
  }
}

/** Writes the deployment's record and the push's outcome; a lost record never holds the answer back (D2). */
export async function keepRecords(record: DeploymentRecord, deps: RecordDeps): Promise<void> {
  const { deploymentId, outcome, reason, release, execution } = record;
  await attempt(deploymentRecordKeys.record(deploymentId), deps, () =>
    deps.records.write(deploymentRecordKeys.record(deploymentId), record),
  );
  await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
}

/**
 * Publishes the one notification and notes that it went out, so that a later event does not repeat it. A
 * crash between the two repeats it once, which is better than losing it.
 */
export async function notify(record: DeploymentRecord, deps: RecordDeps): Promise<void> {
  const { deploymentId } = record;
  try {
    await deps.notifier.publish(renderNotification(record));
  } catch (error) {
    deps.log.error('notification not published', { deploymentId, error });
    return;
  }
  const notified = { ...record, notifiedAt: new Date(deps.clock.now()).toISOString() };
  const key = deploymentRecordKeys.record(deploymentId);
  await attempt(key, deps, () => deps.records.write(key, notified));
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
