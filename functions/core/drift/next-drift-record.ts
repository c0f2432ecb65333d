import type { AsLeft, DriftFinding, DriftRecord } from './drift-record.ts';
import type { DriftLook } from './observe-drift.ts';

export interface DriftChange {
  readonly record: DriftRecord;
  /** `same` needs no writing. */
  readonly change: 'begun' | 'changed' | 'cleared' | 'noted' | 'same';
}

/** The record after another look: findings keep since when they stand, and what could not be told stays as it was. */
export function nextDriftRecord(
  service: string,
  before: DriftRecord | undefined,
  { found }: Pick<Extract<DriftLook, { kind: 'seen' }>, 'found'>,
  asLeft: AsLeft,
  nowIso: string,
): DriftChange {
  const earlier = before?.findings ?? [];
  const findings = Object.entries(found).flatMap(([check, finding]): DriftFinding[] => {
    const known = earlier.find((one) => one.check === check);
    if (finding === 'unknown') return known === undefined ? [] : [known];
    if (finding === 'sound') return [];
    const { expected, observed, remedy } = finding;
    return [{ check, expected, observed, remedy, since: known?.since ?? nowIso }];
  });
  const change = changeOf(before, findings, asLeft);
  if (change === 'same' && before !== undefined) return { record: before, change };
  const record: DriftRecord = {
    service,
    findings,
    asLeft,
    ...(findings.length > 0 && { since: (earlier.length > 0 && before?.since) || nowIso }),
    ...clearedAt(before, findings, nowIso),
    recordedAt: nowIso,
  };
  return { record, change };
}

function changeOf(
  before: DriftRecord | undefined,
  findings: readonly DriftFinding[],
  asLeft: AsLeft,
): DriftChange['change'] {
  const earlier = before?.findings ?? [];
  if (earlier.length === 0 && findings.length > 0) return 'begun';
  if (earlier.length > 0 && findings.length === 0) return 'cleared';
  if (driftFingerprint(earlier) !== driftFingerprint(findings)) return 'changed';
  return JSON.stringify(before?.asLeft) === JSON.stringify(asLeft) ? 'same' : 'noted';
}

function clearedAt(
  before: DriftRecord | undefined,
  findings: readonly DriftFinding[],
  nowIso: string,
): Pick<DriftRecord, 'clearedAt'> {
  if (findings.length > 0) return {};
  if (before !== undefined && before.findings.length > 0) return { clearedAt: nowIso };
  return before?.clearedAt === undefined ? {} : { clearedAt: before.clearedAt };
}

/** What makes two looks the same to a person: how many tasks a leaked task set has at the moment does not. */
export function driftFingerprint(findings: readonly DriftFinding[]): string {
  const texts = findings.map(({ check, expected, observed }) => [
    check,
    expected,
    observed.replaceAll(/with \d+ tasks/g, 'with tasks'),
  ]);
  return JSON.stringify(texts.toSorted());
}
