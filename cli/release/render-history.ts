import { shortDigest } from '../../functions/core/image/digest.ts';
import { duration } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { PastRelease } from './past-releases.ts';

/** What a table or a JSON line says of one release. */
export interface HistoryLine {
  readonly executionName: string;
  readonly executionArn: string;
  readonly service: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
  /** `running` until it is over. */
  readonly outcome: string;
  readonly reason: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly redrives: number;
}

export function historyLine({ execution, request, end }: PastRelease): HistoryLine {
  const { executionName, executionArn, startedAtMs, endedAtMs, redriveCount } = execution;
  return {
    executionName,
    executionArn,
    service: request?.service ?? null,
    tag: request?.tag ?? request?.asked ?? null,
    digest: request?.digest ?? null,
    outcome: end?.outcome ?? 'running',
    reason: end?.reason ?? null,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: endedAtMs === undefined ? null : endedAtMs - startedAtMs,
    redrives: redriveCount,
  };
}

/** One row for each release and, of those that went wrong, the reason below it. */
export function renderHistory(lines: readonly HistoryLine[], paint: Painter): string[] {
  const rows = lines.map((line) => [
    `${line.startedAt.slice(0, 16).replace('T', ' ')}Z`,
    line.service ?? '?',
    line.tag ?? '?',
    line.digest === null ? '' : shortDigest(line.digest),
    `${line.outcome}${line.redrives === 0 ? '' : ` (redriven ${line.redrives})`}`,
    line.durationMs === null ? '' : duration(line.durationMs),
    line.executionName,
  ]);
  const titles = ['STARTED', 'SERVICE', 'TAG', 'DIGEST', 'OUTCOME', 'TOOK', 'EXECUTION'];
  const columns = titles.map((title) =>
    title === 'OUTCOME'
      ? { title, paint: (cell: string, row: number) => colourOf(lines[row], paint)(cell) }
      : { title },
  );
  const [head = '', ...table] = renderTable(
    columns,
    rows.map((row) => row.map(printable)),
  );
  return [
    head,
    ...table.flatMap((row, index) => {
      const { outcome, reason } = lines[index] ?? {};
      const explained = reason && !wentWell(outcome) ? [paint.faint(`  ${printable(reason)}`)] : [];
      return [row, ...explained];
    }),
  ];
}

function wentWell(outcome: string | undefined): boolean {
  return outcome === 'deployed' || outcome === 'already-running' || outcome === 'running';
}

function colourOf(line: HistoryLine | undefined, paint: Painter): (text: string) => string {
  if (line?.outcome === 'deployed') return paint.good;
  return ['rolled-back', 'failed', 'refused'].includes(line?.outcome ?? '')
    ? paint.bad
    : paint.faint;
}
