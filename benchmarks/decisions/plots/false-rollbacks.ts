import { methods } from '../methods/all-methods.ts';
import type { CellResult } from '../play-cell.ts';
import { bar, colours, line, svg, text } from './svg.ts';

const labelWidth = 280;
const columnWidth = 90;
const rowHeight = 30;
const top = 74;

/** How often each method rolls back a release that is no worse: a small bar for each case and method. */
export function falseRollbacksPlot(results: readonly CellResult[]): string {
  const equal = results.filter(({ kind }) => kind === 'equal');
  const cases = [...new Set(equal.map((result) => result.case))];
  const width = labelWidth + methods.length * columnWidth + 16;
  const height = top + cases.length * rowHeight + 16;
  const parts = [
    text(16, 24, 'Healthy releases rolled back, by rule', { class: 'title' }),
    ...methods.flatMap(({ name }, at) =>
      wrapped(name).map((word, row) => text(columnAt(at), 46 + 14 * row, word)),
    ),
    ...cases.flatMap((name, row) => {
      const y = top + row * rowHeight;
      return [
        line(16, y, width - 16, y, 'grid'),
        text(16, y + 20, name),
        ...methods.flatMap((method, at) => {
          const result = equal.find((one) => one.case === name && one.method === method.name);
          return result === undefined ? [] : shareBar(columnAt(at), y, result, at);
        }),
      ];
    }),
  ];
  return svg(width, height, 'Share of healthy releases that each rule rolls back', parts);
}

function shareBar(x: number, y: number, { failed, runs }: CellResult, at: number): string[] {
  const share = failed / runs;
  const colour = colours[at % colours.length] ?? '#6e7781';
  return [
    bar(x, y + 18, Math.max(1, share * (columnWidth - 14)), 8, colour),
    text(x, y + 14, `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`),
  ];
}

function columnAt(at: number): number {
  return labelWidth + at * columnWidth;
}

/** Names in two lines. */
function wrapped(name: string): string[] {
  const [first = '', ...rest] = name.split(' ');
  return rest.length === 0 ? [first] : [first, rest.join(' ')];
}
