import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { sfnClient, stepFunctionsWorkflow } from '../../functions/adapters/step-functions.ts';
import { configuredService, refuseMisspelt } from '../account/configured-service.ts';
import { explainAccess } from '../account/explain-access.ts';
import { elapsed } from '../rehearsal/narrator.ts';
import { parseDuration, parseInterval } from '../release/durations.ts';
import { releaseExitCode, releaseExitCodes } from '../release/exit-code.ts';
import { followByHand, startByHand } from '../release/follow-by-hand.ts';
import { handInput, type ImageWords, inWords } from '../release/hand-input.ts';
import { narrateRelease } from '../release/narrate-release.ts';
import { parseService } from '../release/parse-service.ts';
import {
  checkReportFiles,
  type ReportFiles,
  withReportFiles,
  writeReportFiles,
} from '../release/report-files.ts';
import { isConfirmed } from '../terminal/confirm.ts';
import { onInterrupt } from '../terminal/on-interrupt.ts';
import { createPainter, wantsColour } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { UsageError } from '../terminal/run-command.ts';
import { type AccountFlags, accountOf, wallClock, withAccountOptions } from './account-options.ts';

export interface HandFlags extends AccountFlags, ReportFiles {
  readonly service: string;
  readonly config: string;
  readonly wait?: boolean;
  readonly timeout: string;
  readonly interval: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Options of the commands that start a release themselves. */
export function withHandOptions(command: Command): Command {
  const waiting = withReportFiles(
    command
      .requiredOption('--service <name>', 'service of the configuration')
      .option('--wait', 'follow the release and end as it ends')
      .option('--timeout <duration>', 'how long --wait waits', '2h')
      .option('--interval <duration>', 'between two looks', '5s'),
  );
  return withAccountOptions(
    waiting
      .option('--yes', 'do not ask; without a terminal nobody is asked')
      .option(
        '--config <file>',
        'where the service is looked up, and the repository of a tag or digest alone',
        process.env.GREENGATE_CONFIG ?? 'greengate.yaml',
      )
      .option('--json', 'print what was started, or with --wait the outcome, as JSON'),
  );
}

export const handExitCodesHelp = `Exit codes: 0 started, with --wait deployed or already running, 2 rolled back, refused or failed, 3 superseded, or not
started because the answer was no, 4 not over within --timeout, 1 usage or no access, 130 interrupted`;

/** Starts the release that `image` or nothing asks for, and follows it where that is wanted; resolves with the exit code. */
export async function releaseByHand(
  flags: HandFlags,
  image: ImageWords | undefined,
): Promise<number> {
  const service = parseService(flags.service);
  refuseMisspelt(service, flags.config);
  const repository = () => configuredService(service, flags.config).image.repository;
  const input = handInput(service, image, repository);
  const timeoutMs = parseDuration('--timeout', flags.timeout);
  const intervalMs = parseInterval('--interval', flags.interval);
  if (!flags.wait && (flags.junit ?? flags.summary) !== undefined) {
    throw new UsageError('--junit and --summary tell how a release ended: add --wait');
  }
  checkReportFiles(flags);
  const words = inWords(input);
  if (!flags.yes && !(await isConfirmed(`${words[0]?.toUpperCase()}${words.slice(1)}?`))) {
    process.stderr.write('Nothing was started\n');
    return releaseExitCodes.passedOver;
  }
  const output = flags.json ? process.stderr : process.stdout;
  const print = (...lines: readonly string[]) =>
    output.write(lines.map((one) => `${one}\n`).join(''));
  const paint = createPainter(wantsColour(output, process.env));
  try {
    const account = await accountOf(flags);
    const { stateMachineArn } = account;
    const nowMs = wallClock.now();
    const workflow = stepFunctionsWorkflow(sfnClient(), stateMachineArn);
    const random = randomBytes(4).toString('hex');
    const started = await startByHand(input, { workflow, stateMachineArn, nowMs, random });
    print(`Started ${started.executionName}: ${words}`);
    if (!flags.wait) {
      if (flags.json) printJson({ ...started, input });
      else print(`greengate explain ${started.executionName} tells what came of it`);
      return releaseExitCodes.deployed;
    }
    const cancel = onInterrupt(() => {
      process.stderr.write(`Stopped waiting. ${goesOn(started.executionName)}\n`);
      process.exit(releaseExitCodes.interrupted);
    });
    try {
      const { followed, report } = await followByHand(input, started, timeoutMs, {
        ...{ account, clock: wallClock, intervalMs },
        tell: (news) => print(...narrateRelease(news, elapsed(wallClock.now() - nowMs), paint)),
      });
      const code = releaseExitCode(followed);
      try {
        writeReportFiles(report, flags);
      } finally {
        // The outcome is told whatever became of the files.
        if (flags.json) printJson(report);
        const colour = code === releaseExitCodes.deployed ? paint.good : paint.bad;
        print(`${colour(report.outcome)}  ${printable(report.reason)}`);
      }
      return code;
    } catch (error) {
      throw explainAccess(error, goesOn(started.executionName)) ?? error;
    } finally {
      cancel();
    }
  } catch (error) {
    throw explainAccess(error) ?? error;
  }
}

function goesOn(executionName: string): string {
  return `The release itself goes on; greengate explain ${executionName} tells what came of it`;
}

function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
