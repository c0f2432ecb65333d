import { shortDigest } from '../../functions/core/image/digest.ts';
import { duration } from '../rehearsal/narrator.ts';
import type { Painter } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import type { HistoryLine } from './render-history.ts';
import type { ServiceStatus } from './service-status.ts';

/** A few lines for each service: what runs, what is or was released, what holds the next release. Pure. */
export function renderStatus(status: ServiceStatus, nowMs: number, paint: Painter): string[] {
  const { service, running, desired, releases, held } = status;
  const tasks = running.map(({ digest, tags, tasks: count }) => {
    const named = tags.length === 0 ? 'untagged' : tags.join(', ');
    return fact('runs', `${named} (${shortDigest(digest)}), ${count} of ${desired ?? '?'} tasks`);
  });
  return [
    paint.strong(service),
    ...(tasks.length === 0 ? [fact('runs', paint.bad('no running task'))] : tasks),
    ...releases.map((line) =>
      fact(line.outcome === 'running' ? 'releasing' : 'last', told(line, nowMs, paint)),
    ),
    ...(held === null ? [] : [fact('held', paint.doubtful(printable(held)))]),
  ];
}

function told(line: HistoryLine, nowMs: number, paint: Painter): string {
  const { tag, outcome, reason, startedAt, executionName } = line;
  const ago = duration(Math.max(0, nowMs - Date.parse(startedAt)));
  if (outcome === 'running') return `${tag ?? '?'} since ${ago}, ${executionName}`;
  const well = outcome === 'deployed' || outcome === 'already-running';
  const said = well || reason === null ? '' : `: ${printable(reason)}`;
  return `${tag ?? '?'} ${well ? paint.good(outcome) : paint.bad(outcome)} ${ago} ago${said}`;
}

function fact(name: string, value: string): string {
  return `  ${name.padEnd(10)}${value}`;
}
