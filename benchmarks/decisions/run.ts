import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { exitCodes, runCommand, UsageError } from '../../cli/terminal/run-command.ts';
import { playAll } from './play-all.ts';
import type { CellResult } from './play-cell.ts';
import { caughtPlot } from './plots/caught.ts';
import { falseRollbacksPlot } from './plots/false-rollbacks.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderReport } from './render-report.ts';
import { targets } from './targets.ts';

interface Options {
  readonly runs: string;
  readonly seed: string;
  readonly processes: string;
  readonly json?: string;
  readonly writeDocs?: boolean;
}

const leastRuns = 2_000;

const command = new Command('bench:decisions')
  .description(
    'How often a healthy release is rolled back, how soon a bad one is caught: Greengate beside the rules of others, on the same simulated requests',
  )
  .option('--runs <number>', 'runs per case', String(leastRuns))
  .option('--seed <text>', 'another seed plays other requests', 'greengate')
  .option('--processes <number>', 'at a time', String(Math.min(4, availableParallelism())))
  .option('--json <file>', 'write cells and targets as JSON')
  .option('--write-docs', 'write docs/reference/decisions.md and the plots in docs/images')
  .addHelpText(
    'after',
    '\nTakes a few minutes. Results depend on runs and seed alone. Exit code 0 when every target is met, else 2.',
  )
  .action((options: Options) => runCommand(() => run(options)));

async function run(options: Options): Promise<number> {
  const runs = wholeNumber('--runs', options.runs);
  const processes = wholeNumber('--processes', options.processes);
  const { seed, json } = options;
  if (options.writeDocs && runs < leastRuns) {
    throw new UsageError(`--write-docs needs at least ${leastRuns} runs, --runs is ${runs}`);
  }
  const results = await playAll({
    runs,
    seed,
    processes,
    onDone: (cell, done, of) => process.stderr.write(`${done}/${of} ${cell}\n`),
  });
  const measured = targets(results);
  process.stdout.write(`${renderReport(results, measured)}\n`);
  if (json !== undefined) {
    const text = JSON.stringify({ cells: results.map(cellOf), targets: measured }, undefined, 2);
    writeFileSync(json, `${text}\n`);
  }
  if (options.writeDocs) {
    mkdirSync(inRepository('docs/images'), { recursive: true });
    writeFileSync(
      inRepository('docs/images/decisions-false-rollbacks.svg'),
      falseRollbacksPlot(results),
    );
    writeFileSync(inRepository('docs/images/decisions-caught.svg'), caughtPlot(results));
    const page = renderMarkdown(results, measured, { runs, seed });
    writeFileSync(inRepository('docs/reference/decisions.md'), page);
  }
  return measured.every(({ met }) => met) ? exitCodes.ok : exitCodes.failed;
}

/** What the JSON says of a cell. */
function cellOf({ kind: _kind, requests: _requests, ...cell }: CellResult) {
  return cell;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`${option} is "${text}", expected a whole number above 0`);
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

await command.parseAsync();
