import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { Command } from 'commander';
import { readConfig } from '../infra/read-config.ts';
import { predefinedShifts } from '../infra/traffic-shift.ts';
import { busyHint } from './rehearsal/busy-hint.ts';
import type { OpenRehearsal } from './rehearsal/open-rehearsal.ts';
import { rehearse } from './rehearsal/rehearsal.ts';
import { chooseStrategy, strategyNames } from './rehearsal/strategies.ts';
import { renderSummary } from './rehearsal/summary.ts';
import { checkWritable } from './terminal/check-writable.ts';
import { onInterrupt, untilInterrupted } from './terminal/on-interrupt.ts';
import { optionWithChoices } from './terminal/option-with-choices.ts';
import { createPainter, wantsColour } from './terminal/painter.ts';
import { runAsScript } from './terminal/run-as-script.ts';
import { exitCodes, runCommand } from './terminal/run-command.ts';

interface Options {
  readonly config: string;
  readonly json?: string;
  readonly keep?: boolean;
  readonly strategy?: string;
  readonly deploymentConfig?: string;
}

// The SDK announces, on every start, that it will want Node.js 22 in January 2027; the README says so once.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

export const rehearseCommand = new Command('rehearse')
  .description(
    'Rehearse whole deployments on this machine: push, prove, shift traffic or roll back',
  )
  .option('--config <file>', 'configuration file', process.env.GREENGATE_CONFIG ?? 'greengate.yaml')
  .addOption(optionWithChoices('--strategy <name>', 'default as the sample has it', strategyNames))
  .option(
    '--deployment-config <name>',
    'shift traffic by a deployment configuration: one of CodeDeploy, or a custom one',
  )
  .option('--json <file>', 'write the report as JSON for machines')
  .option('--keep', 'leave the simulator running at the end, until Ctrl-C')
  .addHelpText(
    'after',
    `
It plays four acts with client traffic on the production listener: a healthy release, a bad one that is
rolled back, one whose dependency is down, and its redrive after the repair.

Strategies, each with the same four acts:
  canary        10 %, and the rest five minutes later: what the sample has
  linear        10 % more every minute
  all-at-once   everything in one step, once the test listener has shown the release
  rolling       ECS replaces task by task: production meets the release before it is proven, and the
                expectations count what the bad releases served instead of demanding none

Deployment configurations, in the place of a strategy. CodeDeploy has five of its own for ECS; its others are
for EC2 and Lambda:
${predefinedShifts.map((name) => `  ${name}`).join('\n')}
  a custom one whose name says what it does: Canary25Percent2Minutes, Linear20PercentEvery2Minutes

Exit codes: 0 every expectation held, 1 usage or configuration, 2 an expectation was broken`,
  )
  .action((options: Options) => runCommand(() => main(options)));

async function main(options: Options): Promise<number> {
  const chosen = chooseStrategy(readConfig(options.config), options);
  // Before the rehearsal, not after it.
  if (options.json) checkWritable(options.json);
  const paint = createPainter(wantsColour(process.stdout, process.env));
  let opened: OpenRehearsal | undefined;
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const stopListening = onInterrupt(() => {
    print('\nInterrupted: ending the simulator');
    void Promise.resolve(opened?.stop()).finally(() => process.exit(exitCodes.interrupted));
  });
  try {
    const report = await rehearse(
      { ...chosen, configFile: options.config, print, paint },
      (open) => {
        opened = open;
      },
    );
    print(`\n${renderSummary(report, paint)}`);
    const hint = report.ok ? undefined : busyHint(loadavg()[0] ?? 0, cpus().length);
    if (hint !== undefined) print(hint);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
    if (options.keep && opened) {
      print(`\nThe simulator stays at ${opened.simulator.endpoint}; Ctrl-C ends it`);
      stopListening();
      await untilInterrupted();
    }
    return report.ok ? exitCodes.ok : exitCodes.failed;
  } finally {
    stopListening();
    await opened?.stop();
  }
}

await runAsScript(import.meta.url, rehearseCommand);
