import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { exitCodes, runCommand } from '../cli/terminal/run-command.ts';
import { readConfig } from '../infra/read-config.ts';
import { measureBundles } from './bundles.ts';
import { measureRehearsal } from './deployments.ts';
import { renderTable } from './table.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const baselineFile = fileURLToPath(new URL('./baseline.json', import.meta.url));

interface Measurements {
  readonly machine: string;
  readonly rounds: number;
  readonly bundles: Awaited<ReturnType<typeof measureBundles>>;
  readonly rehearsal: Awaited<ReturnType<typeof measureRehearsal>>;
}

const command = new Command('bench')
  .description(
    'Measure bundles, the cost of a deployment and the rehearsal, beside the committed baseline',
  )
  .option('--rounds <number>', 'fresh processes per bundle and per plain handler', '10')
  .option('--json <file>', 'write the measurements as JSON')
  .option('--write-baseline', 'replace benchmarks/baseline.json')
  .addHelpText(
    'after',
    '\nTimes depend on the machine: compare the ratios. Exit code 0 unless the rehearsal failed (2).',
  )
  .action((options: { rounds: string; json?: string; writeBaseline?: boolean }) =>
    runCommand(async () => {
      const rounds = Math.max(1, Number(options.rounds) || 10);
      const config = readConfig('greengate.yaml');
      process.stderr.write(`Measuring cold imports, ${rounds} fresh processes each ...\n`);
      const bundles = await measureBundles(config, rounds);
      process.stderr.write('Rehearsing ...\n');
      const rehearsal = await measureRehearsal(config);
      const measurements: Measurements = {
        machine: `Node.js ${process.versions.node}, ${cpus().length} cores`,
        rounds,
        bundles,
        rehearsal,
      };
      const baseline = readBaseline();
      process.stdout.write(`${render(measurements, baseline)}\n`);
      const text = `${JSON.stringify(measurements, undefined, 2)}\n`;
      if (options.json) writeFileSync(options.json, text);
      if (options.writeBaseline) writeFileSync(baselineFile, text);
      return rehearsal.ok ? exitCodes.ok : exitCodes.failed;
    }),
  );

function readBaseline(): Measurements | undefined {
  return existsSync(baselineFile) ? JSON.parse(readFileSync(baselineFile, 'utf8')) : undefined;
}

function render(now: Measurements, baseline: Measurements | undefined): string {
  const before = (name: string) => baseline?.bundles.find((bundle) => bundle.function === name);
  const cost = (name: string) =>
    baseline?.rehearsal.deployments.find((deployment) => deployment.release === name);
  return [
    `${now.machine}${baseline ? `; baseline: ${baseline.machine}` : ''}`,
    '',
    `Cold import, median of ${now.rounds} fresh processes; "plain" imports the same SDK clients unbundled`,
    renderTable([
      ['function', 'bytes', '(baseline)', 'ms', 'plain ms', 'ratio', '(baseline)'],
      ...now.bundles.map((bundle) => [
        bundle.function,
        bundle.bytes,
        before(bundle.function)?.bytes ?? '-',
        bundle.importMs,
        bundle.plainImportMs,
        bundle.ratio.toFixed(2),
        before(bundle.function)?.ratio.toFixed(2) ?? '-',
      ]),
    ]),
    '',
    'Cost of a deployment (canary 10 %, 5 minutes)',
    renderTable([
      [
        'release',
        'outcome',
        'state transitions',
        '(baseline)',
        'API calls',
        '(baseline)',
        'Lambda ms',
      ],
      ...now.rehearsal.deployments.map((deployment) => [
        deployment.release,
        deployment.outcome,
        deployment.stateTransitions,
        cost(deployment.release)?.stateTransitions ?? '-',
        deployment.apiCalls,
        cost(deployment.release)?.apiCalls ?? '-',
        deployment.lambdaMs,
      ]),
    ]),
    '',
    `Rehearsal: ${now.rehearsal.wallSeconds.toFixed(1)} s of wall time for ${now.rehearsal.virtualSeconds} s of AWS time`,
    renderTable([
      ['part', 'wall s', '(baseline)'],
      ...now.rehearsal.phases.map(({ name, wallSeconds }) => [
        name,
        wallSeconds.toFixed(1),
        baseline?.rehearsal.phases.find((phase) => phase.name === name)?.wallSeconds.toFixed(1) ??
          '-',
      ]),
    ]),
  ].join('\n');
}

await command.parseAsync();
