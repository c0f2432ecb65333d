import { memberAt } from '../../functions/core/config/loose-value.ts';
import {
  type CheckedFinding,
  isNotGood,
  refusals,
} from '../../functions/core/preflight/finding.ts';
import type { PreflightRecord } from '../../functions/core/preflight/preflight-record.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { Journal } from '../../simulator/core/journal.ts';

/** The preflight record of the push that started an execution; undefined when preflight was never reached. */
export function preflightRecordOf(
  executionArn: string,
  service: string,
  journal: Journal,
  read: (key: string) => unknown,
): Partial<PreflightRecord> | undefined {
  const started = journal
    .of('execution.started')
    .find((execution) => execution.executionArn === executionArn);
  const eventId = memberAt(started?.input, 'eventId');
  if (typeof eventId !== 'string') return undefined;
  return read(pushRecordKeys.preflight(eventId, service)) as Partial<PreflightRecord> | undefined;
}

/** Ids of the checks that refused the release, undefined when preflight let it go on. */
export function refusedBy(record: Partial<PreflightRecord> | undefined): string[] | undefined {
  if (record?.passed !== false) return undefined;
  const findings: readonly CheckedFinding[] = record.findings ?? [];
  const refusing = refusals({ findings });
  // With nothing but warnings, what they warn of left nothing to deploy.
  return (refusing.length > 0 ? refusing : findings.filter(isNotGood)).map(({ check }) => check);
}
