import { Command } from 'commander';
import { explainAccess } from '../account/explain-access.ts';
import { elapsed } from '../rehearsal/narrator.ts';
import { parseDuration, parseInterval } from '../release/durations.ts';
import { exitCodesHelp, releaseExitCode, releaseExitCodes } from '../release/exit-code.ts';
import { followRelease } from '../release/follow-release.ts';
import { narrateRelease } from '../release/narrate-release.ts';
import { parseImage } from '../release/parse-image.ts';
import { parseService } from '../release/parse-service.ts';
import { releaseReport } from '../release/release-report.ts';
import {
  checkReportFiles,
  type ReportFiles,
  withReportFiles,
  writeReportFiles,
} from '../release/report-files.ts';
import { onInterrupt } from '../terminal/on-interrupt.ts';
import { createPainter, wantsColour } from '../terminal/painter.ts';
import { printable } from '../terminal/printable.ts';
import { runCommand } from '../terminal/run-command.ts';
import { type AccountFlags, accountOf, wallClock, withAccountOptions } from './account-options.ts';

interface Flags extends AccountFlags, ReportFiles {
  readonly service: string;
  readonly image: string;
  readonly timeout: string;
  readonly startTimeout: string;
  readonly since: string;
  readonly interval: string;
  readonly json?: boolean;
}

const goesOn = 'The release itself goes on; run the same command again to follow it';

const followingCommand = withReportFiles(
  new Command('wait')
    .description('Wait for the release of a pushed image and end as it ends')
    .requiredOption('--service <name>', 'service of the configuration')
    .requiredOption('--image <repository@digest>', 'what was pushed')
    .option('--timeout <duration>', 'how long the release may take', '2h')
    .option('--start-timeout <duration>', 'how long nothing may start', '15m')
    .option('--since <duration>', 'how old the release may be', '90d')
    .option('--interval <duration>', 'between two looks', '5s'),
).option('--json', 'print the outcome with all checks as JSON; progress and errors go to stderr');

export const waitCommand = withAccountOptions(followingCommand)
  .addHelpText(
    'after',
    `
A push starts the release a moment later. This follows it: states, preflight, lifecycle events, every check, and ends
with the outcome on record and the reason in one sentence. It only reads, may be run again at any time, also for a
release that is over, and rides out lost connections. Ctrl-C ends the waiting, never the release.

  greengate wait --service shop --image team/shop@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945
  greengate wait --service shop --image "$IMAGE" --junit greengate.xml          (Jenkins)
  greengate wait --service shop --image "$IMAGE" --summary "$GITHUB_STEP_SUMMARY" (GitHub Actions)

${exitCodesHelp}`,
  )
  .action((flags: Flags) => runCommand(() => wait(flags)));

async function wait(flags: Flags): Promise<number> {
  const wanted = { service: parseService(flags.service), ...parseImage(flags.image) };
  const nowMs = wallClock.now();
  const patience = {
    timeoutMs: parseDuration('--timeout', flags.timeout),
    startTimeoutMs: parseDuration('--start-timeout', flags.startTimeout),
    sinceMs: nowMs - parseDuration('--since', flags.since),
  };
  const intervalMs = parseInterval('--interval', flags.interval);
  checkReportFiles(flags);
  const output = flags.json ? process.stderr : process.stdout;
  const paint = createPainter(wantsColour(output, process.env));
  const print = (lines: readonly string[]) => output.write(lines.map((one) => `${one}\n`).join(''));
  const cancel = onInterrupt(() => {
    process.stderr.write(`Stopped waiting. ${goesOn}\n`);
    process.exit(releaseExitCodes.interrupted);
  });
  try {
    const account = await accountOf(flags);
    print([`Release of ${wanted.repository}@${wanted.digest} to ${wanted.service}`]);
    const followed = await followRelease(wanted, patience, {
      ...{ account, clock: wallClock, intervalMs },
      tell: (news) => print(narrateRelease(news, elapsed(wallClock.now() - nowMs), paint)),
    });
    const report = releaseReport(wanted, followed);
    const code = releaseExitCode(followed);
    try {
      writeReportFiles(report, flags);
    } finally {
      // The outcome is told whatever became of the files.
      if (flags.json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
      const colour = code === releaseExitCodes.deployed ? paint.good : paint.bad;
      print([`${colour(report.outcome)}  ${printable(report.reason)}`]);
    }
    return code;
  } catch (error) {
    throw explainAccess(error, goesOn) ?? error;
  } finally {
    cancel();
  }
}
