import { fixedPairs, pairsFor } from './fixed-design.ts';
import { methods } from './methods/all-methods.ts';
import { greengate } from './methods/greengate.ts';
import type { CellResult } from './play-cell.ts';
import { percent, sentenceOf } from './render-report.ts';
import type { Target } from './targets.ts';

export interface ReportFacts {
  readonly runs: number;
  readonly seed: string;
}

/** docs/reference/decisions.md, written by the benchmark itself. */
export function renderMarkdown(
  results: readonly CellResult[],
  targets: readonly Target[],
  { runs, seed }: ReportFacts,
): string {
  const cases = [...new Set(results.map((result) => result.case))];
  const resultOf = (name: string, method: string) =>
    results.find((result) => result.case === name && result.method === method);
  const table = (cell: (result: CellResult) => string) => [
    `| Case | ${methods.map(({ name }) => name).join(' | ')} |`,
    `| --- |${methods.map(() => ' --- |').join('')}`,
    ...cases.map((name) => {
      const cells = methods.map((method) => {
        const result = resultOf(name, method.name);
        return result === undefined ? '–' : cell(result);
      });
      return `| ${name} | ${cells.join(' | ')} |`;
    }),
  ];
  return `${[
    '# How good the decisions are',
    '',
    `Written by \`npm run bench:decisions\`: ${runs.toLocaleString('en')} runs per case, seed \`${seed}\`, every method on the same`,
    'streams. What the methods are, why these cases, and how to read it: [paired comparison](../explanation/paired-comparison.md#how-it-was-measured).',
    '',
    '## Targets',
    '',
    '| Target | Met |',
    '| --- | --- |',
    ...targets.map((target) => `| ${sentenceOf(target)} | ${target.met ? 'yes' : '**no**'} |`),
    '',
    '## How often a release was failed',
    '',
    'With the exact 95 % interval. In the rows that begin with *equal* every failure is a false rollback, in the others it is a',
    'defect caught. Greengate alone can say *inconclusive*; where it did, that is added.',
    '',
    ...table(failedCell),
    '',
    '## Requests to the replacement until the verdict, median',
    '',
    `Greengate and the fixed sample send as many to the original. The fixed sample is ${fixedPairs.toLocaleString('en')} pairs for an original of up to 5 % errors;`,
    `one that knew beforehand that the original has 0.1 % would take ${pairsFor(0.001)}, 1 % ${pairsFor(0.01)}.`,
    '',
    ...table(({ medianRequests }) => medianRequests.toLocaleString('en')),
    '',
    '![False rollbacks of equal releases](../images/decisions-false-rollbacks.svg)',
    '',
    '![Defects caught by requests used](../images/decisions-caught.svg)',
    '',
  ].join('\n')}`;
}

function failedCell(result: CellResult): string {
  const { failed, runs, inconclusive, ci } = result;
  const share = `${percent(failed / runs)} (${(100 * ci[0]).toFixed(1)} – ${(100 * ci[1]).toFixed(1)})`;
  const bold = result.method === greengate.name ? `**${share}**` : share;
  return inconclusive === 0 ? bold : `${bold}, inconclusive ${percent(inconclusive / runs)}`;
}
