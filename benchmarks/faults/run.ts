import { Command, Option } from 'commander';
import { onInterrupt } from '../../cli/terminal/on-interrupt.ts';
import { exitCodes, runCommand, UsageError } from '../../cli/terminal/run-command.ts';
import { Campaign } from './campaign.ts';
import {
  type CaseKind,
  caseId,
  caseKinds,
  type FaultCase,
  parseCaseId,
  type ScenarioName,
  scenarioNames,
  strategyOf,
} from './fault-case.ts';
import { readInterrupted } from './interrupted.ts';
import { KeptReport } from './keep-report.ts';
import { planCases, shuffle } from './plan-cases.ts';
import { Progress } from './progress.ts';
import { renderCampaign } from './render-campaign.ts';

interface Options {
  readonly only?: readonly string[];
  readonly scenario: readonly ScenarioName[];
  readonly kind: readonly CaseKind[];
  readonly sample?: string;
  readonly random: string;
  readonly seed: string;
  readonly workers: string;
  readonly json?: string;
  readonly resume?: string;
  readonly list?: boolean;
  readonly selfTest?: boolean;
}

/** A violation is no usage error, but the issue asks for this code. */
const violated = 1;
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const command = new Command('bench:faults')
  .description('Break every call and every event of a release, one at a time and at random')
  .option(
    '--only <case...>',
    'play these cases only, by the names that violations are printed with',
  )
  .addOption(
    new Option('--scenario <name...>', 'scenarios')
      .choices([...scenarioNames])
      .default([...scenarioNames]),
  )
  .addOption(
    new Option('--kind <kind...>', 'kinds of cases')
      .choices([...caseKinds])
      .default([...caseKinds]),
  )
  .option('--sample <number>', 'so many of the cases, drawn with the seed')
  .option('--random <number>', 'random combinations of each scenario', '100')
  .option('--seed <number>', 'of the combinations and of the sample', '1')
  .option('--workers <number>', 'processes that play at a time', '2')
  .option('--json <file>', 'write { cases, violations, … } as JSON, as it goes')
  .option('--resume <file>', 'play what is left of a campaign that was interrupted, by its JSON')
  .option('--list', 'name the cases, and play none')
  .option('--self-test', 'break invariants on purpose, and tell whether the judge finds it')
  .addHelpText('after', '\nExit codes: 0 no violation, 1 a violation, or a mistake in the options')
  .action((options: Options) => runCommand(() => main(options)));

async function main(options: Options): Promise<number> {
  const before = options.resume === undefined ? undefined : readInterrupted(options.resume);
  const given = (before?.left ?? options.only)?.map(parseCaseId);
  const plan = {
    kinds: options.kind,
    random: whole('--random', options.random),
    seed: whole('--seed', options.seed),
    sample: options.sample === undefined ? undefined : whole('--sample', options.sample),
  };
  const scenarios = given?.map(({ scenario }) => scenario) ?? options.scenario;
  const campaign = await Campaign.open(
    Math.max(1, whole('--workers', options.workers)),
    options.selfTest ? ['codedeploy'] : scenarios.map(strategyOf),
  );
  let interrupted = false;
  const stopListening = onInterrupt(() => {
    interrupted = true;
    campaign.stop();
  });
  try {
    if (options.selfTest) return await testJudge(campaign);
    const cases = given ?? planCases(await campaign.record(options.scenario), plan);
    if (options.list) {
      process.stdout.write(`${cases.map((one) => caseId(one)).join('\n')}\n`);
      return exitCodes.ok;
    }
    const kept = new KeptReport(cases, options.json, before);
    await playAll(campaign, given ?? shuffle(cases, plan.seed), kept, () => interrupted);
    const report = kept.write();
    process.stdout.write(`${renderCampaign(report)}\n`);
    if (interrupted) return exitCodes.interrupted;
    return report.violations.length === 0 ? exitCodes.ok : violated;
  } catch (error) {
    if (interrupted) return exitCodes.interrupted;
    throw error;
  } finally {
    stopListening();
    campaign.stop();
  }
}

async function testJudge(campaign: Campaign): Promise<number> {
  const tested = await campaign.selfTest();
  for (const { invariant, sentence, found } of tested) {
    process.stdout.write(`${found ? 'found ' : 'MISSED'}  ${invariant}: ${sentence}\n`);
  }
  return tested.every(({ found }) => found) ? exitCodes.ok : violated;
}

/** What has been played until it is interrupted, else all. */
async function playAll(
  campaign: Campaign,
  cases: readonly FaultCase[],
  kept: KeptReport,
  isInterrupted: () => boolean,
): Promise<void> {
  const progress = new Progress(cases.length, (line) => process.stderr.write(`${line}\n`));
  process.stderr.write(`${cases.length} cases\n`);
  try {
    await campaign.play(cases, (one) => {
      kept.add(one);
      progress.played(one);
    });
  } catch (error) {
    // Its workers end in the midst of a case.
    if (!isInterrupted()) throw error;
  }
}

function whole(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new UsageError(`${option} takes a whole number from 0, got "${text}"`);
}

await command.parseAsync();
