import { renderPreflightNotification } from '../core/notification/render-preflight-notification.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { PreflightReport } from '../core/preflight/finding.ts';
import { notifiedAtOf, type PreflightRecord } from '../core/preflight/preflight-record.ts';
import type { ExecutionIdentity, ReleaseRequest } from '../core/release.ts';
import { pushRecordKeys } from '../core/workflow/push-record.ts';
import type { PushRecordDeps } from '../core/workflow/record-outcome.ts';

/** Writes all findings, also those of a release that goes on; a lost record holds nothing back (design D2). */
export async function keepFindings(
  run: ReleaseRequest & ExecutionIdentity,
  end: { readonly report: PreflightReport; readonly passed: boolean; readonly sentence: string },
  deps: PushRecordDeps,
): Promise<PreflightRecord> {
  const { service, repository, tag, digest, pushedAt, eventId } = run;
  const { executionArn, executionName, redriveCount, startedAt } = run;
  const notifiedAt = await earlierNotification(run, deps);
  const record: PreflightRecord = {
    passed: end.passed,
    sentence: end.sentence,
    service,
    repository,
    tag,
    digest,
    pushedAt,
    eventId,
    executionArn,
    executionName,
    redriveCount,
    startedAt,
    findings: end.report.findings,
    durationMs: end.report.durationMs,
    recordedAt: new Date(deps.clock.now()).toISOString(),
    ...(notifiedAt === undefined ? {} : { notifiedAt }),
  };
  await write(record, deps);
  return record;
}

/**
 * Publishes the one notification of a refusal and notes that it went out: a second try of the same state, after a
 * crash, does not repeat it; a redrive that is refused again tells so again.
 */
export async function notifyRefusal(
  record: PreflightRecord,
  deps: PushRecordDeps & { readonly notifier: Notifier },
): Promise<void> {
  if (record.notifiedAt !== undefined) return;
  const { service, eventId } = record;
  try {
    await deps.notifier.publish(
      renderPreflightNotification(record, record, record.sentence, record.findings),
    );
  } catch (error) {
    deps.log.error('notification not published', { service, eventId, error });
    return;
  }
  await write({ ...record, notifiedAt: new Date(deps.clock.now()).toISOString() }, deps);
}

async function earlierNotification(
  run: ReleaseRequest & ExecutionIdentity,
  { records, log }: PushRecordDeps,
): Promise<string | undefined> {
  const key = pushRecordKeys.preflight(run.eventId, run.service);
  try {
    return notifiedAtOf(await records.read(key), run);
  } catch (error) {
    log.warn('preflight record unreadable', { key, error });
    return undefined;
  }
}

async function write(record: PreflightRecord, { records, log }: PushRecordDeps): Promise<void> {
  const key = pushRecordKeys.preflight(record.eventId, record.service);
  try {
    await records.write(key, record);
  } catch (error) {
    log.error('record not written', { key, error });
  }
}
