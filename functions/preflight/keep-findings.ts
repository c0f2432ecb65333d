import { executionEnd } from '../core/notification/execution-end.ts';
import { noteNotified } from '../core/notification/note-notified.ts';
import { notifyOnce } from '../core/notification/notify-once.ts';
import { renderPreflightNotification } from '../core/notification/render-preflight-notification.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { PreflightReport } from '../core/preflight/finding.ts';
import type { PreflightRecord } from '../core/preflight/preflight-record.ts';
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
  };
  await write(record, deps);
  return record;
}

/**
 * Tells people of a refusal, once, as the end of the execution that it is: a second try of the same state, and whoever
 * hears of the end, do not repeat it; a redrive that is refused again tells so again.
 */
export async function notifyRefusal(
  record: PreflightRecord,
  deps: PushRecordDeps & { readonly notifier: Notifier },
): Promise<void> {
  const { service, eventId, recordedAt } = record;
  const notedIn = { key: pushRecordKeys.preflight(eventId, service), recordedAt };
  const telling = await notifyOnce(
    pushRecordKeys.notification(eventId, service),
    executionEnd(record),
    renderPreflightNotification(record),
    deps,
    notedIn,
  );
  if (telling.kind === 'sent' || telling.kind === 'sent-before') {
    await noteNotified(notedIn, telling.sentAt, deps).catch((error: unknown) =>
      deps.log.error('record not written', { key: notedIn.key, error }),
    );
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
