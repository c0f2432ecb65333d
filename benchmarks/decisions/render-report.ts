import { renderTable } from '../table.ts';
import type { CellResult } from './play-cell.ts';
import type { Target } from './targets.ts';

/** The results for a terminal: a table of all cells, then the targets. */
export function renderReport(results: readonly CellResult[], targets: readonly Target[]): string {
  const rows = results.map((result, at) => [
    at > 0 && results[at - 1]?.case === result.case ? '' : result.case,
    result.method,
    percent(result.failed / result.runs),
    `${percent(result.ci[0])} – ${percent(result.ci[1])}`,
    percent(result.passed / result.runs),
    percent(result.inconclusive / result.runs),
    result.medianRequests,
  ]);
  const header = ['case', 'method', 'failed', '95 % interval', 'passed', 'inconclusive', 'median'];
  return [
    renderTable([header, ...rows]),
    '',
    'Targets',
    ...targets.map((target) => `${target.met ? 'met   ' : 'MISSED'}  ${sentenceOf(target)}`),
  ].join('\n');
}

/** One target, what was measured and its bound. */
export function sentenceOf({ name, value, bound }: Target): string {
  const side = bound >= 0.9 ? 'at least' : 'at most';
  return `${name}: ${value === null ? 'not measured' : percent(value)} (${side} ${percent(bound)})`;
}

/** A share with two digits after the point. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
