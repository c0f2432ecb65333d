import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { onInterrupt } from '../../cli/terminal/on-interrupt.ts';
import { createPainter, wantsColour } from '../../cli/terminal/painter.ts';
import { exitCodes, runCommand } from '../../cli/terminal/run-command.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { findEntries } from './catalogue/find-entries.ts';
import { KeptResults } from './kept-results.ts';
import { methodDescriptions, methodNames } from './methods/describe-methods.ts';
import type { MethodName } from './methods/method.ts';
import { planBatches } from './plan-batches.ts';
import { judgePlayed, type PlayedRelease } from './played-release.ts';
import { renderResults } from './render-results.ts';
import { runBatches } from './run-batches.ts';
import { judgeTargets } from './targets.ts';
import type { Batch } from './worker-messages.ts';
import { writeCorpusPage } from './write-corpus-page.ts';

interface Options {
  readonly only?: readonly string[];
  readonly method?: readonly MethodName[];
  readonly json?: string;
  readonly keep?: string;
  readonly merge?: readonly string[];
  readonly missing?: boolean;
  readonly workers: string;
  readonly writeDocs?: boolean;
  readonly note?: string;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const command = new Command('bench:corpus')
  .description(
    'Release a corpus of bad and of sound but awkward images, and tell which came through',
  )
  .option('--only <name...>', 'releases by name; default all')
  .addOption(
    new Option('--method <name...>', 'ways of releasing; default all').choices([...methodNames]),
  )
  .option('--json <file>', 'write { releases, targets } of Greengate as JSON')
  .option(
    '--keep <file>',
    'keep played releases in this file, and report on all that it holds, of earlier runs too',
  )
  .option('--merge <file...>', 'add what other runs kept in these files')
  .option('--missing', 'play only what the file of --keep lacks')
  .option('--workers <number>', 'processes that play at a time', '2')
  .option('--write-docs', 'write docs/reference/corpus.md and docs/images/corpus.svg from this run')
  .option('--note <text>', 'what readers of the page must know of how it was measured')
  .addHelpText(
    'after',
    `
Methods:
${methodNames.map((name) => `  ${name.padEnd(18)}${methodDescriptions[name].how}`).join('\n')}

Exit codes: 0 every target met, 1 usage, 2 a target missed`,
  )
  .action((options: Options) => runCommand(() => main(options)));

async function main(options: Options): Promise<number> {
  const startedAtMs = performance.now();
  const chosen = options.only ? findEntries(options.only) : catalogue;
  const methods = options.method ?? methodNames;
  const kept = new KeptResults(new Date().toISOString(), options.keep, options.merge);
  const batches = planBatches(chosen, methods, (method, name) =>
    options.missing ? !kept.has(method, name) : true,
  );
  await playAll(batches, Number(options.workers), kept);
  const results = kept.results(catalogue.map(({ name }) => name));
  const ours = results.get('greengate') ?? [];
  const entries = catalogue.filter(({ name }) => kept.all().some((one) => one.name === name));
  const targets =
    ours.length > 0 ? judgeTargets(entries, ours, entries.length === catalogue.length) : [];
  const wallSeconds = (performance.now() - startedAtMs) / 1_000;
  const paint = createPainter(wantsColour(process.stdout, process.env));
  process.stdout.write(`${renderResults(results, targets, paint)}\n`);
  process.stdout.write(`\n${(wallSeconds / 60).toFixed(1)} minutes of wall time\n`);
  if (options.json) writeFileSync(options.json, `${report(ours, targets)}\n`);
  if (options.writeDocs) {
    const cores = availableParallelism();
    writeCorpusPage({ entries, results, targets, cores, note: options.note });
  }
  return targets.every(({ met }) => met) ? exitCodes.ok : exitCodes.failed;
}

async function playAll(
  batches: readonly Batch[],
  workers: number,
  kept: KeptResults,
): Promise<void> {
  const total = batches.reduce((sum, { methods, names }) => sum + methods.length * names.length, 0);
  let done = 0;
  const running = runBatches(batches, Math.max(1, workers || 2), (method, release) => {
    done++;
    kept.add(method, release);
    process.stderr.write(`[${done}/${total}] ${progress(method, release)}\n`);
  });
  const stopListening = onInterrupt(() => {
    running.stop();
    process.exit(exitCodes.interrupted);
  });
  await running.done.finally(stopListening);
}

function progress(method: MethodName, release: PlayedRelease): string {
  const by = release.caughtBy === 'none' ? '' : ` by ${release.caughtBy}`;
  return `${method}: ${release.name} ${judgePlayed(release)}${by}, ${release.productionRequestsServed} production requests, ${release.wallSeconds.toFixed(1)} s`;
}

/** The shape that the issue asks for, and nothing else. */
function report(
  played: readonly PlayedRelease[],
  targets: ReturnType<typeof judgeTargets>,
): string {
  const releases = played.map(({ name, kind, outcome, caughtBy, productionRequestsServed }) => ({
    name,
    kind,
    outcome,
    caughtBy,
    productionRequestsServed,
  }));
  return JSON.stringify({ releases, targets }, undefined, 2);
}

await command.parseAsync();
