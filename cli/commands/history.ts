import { Command } from 'commander';
import { explainAccess } from '../account/explain-access.ts';
import { parseDuration } from '../release/durations.ts';
import { pastReleases } from '../release/past-releases.ts';
import { historyLine, renderHistory } from '../release/render-history.ts';
import { createPainter, wantsColour } from '../terminal/painter.ts';
import { exitCodes, runCommand, UsageError } from '../terminal/run-command.ts';
import { type AccountFlags, accountOf, wallClock, withAccountOptions } from './account-options.ts';

interface Flags extends AccountFlags {
  readonly service?: string;
  readonly limit: string;
  readonly since: string;
  readonly json?: boolean;
}

export const historyCommand = withAccountOptions(
  new Command('history')
    .description('List past releases, newest first, with outcome and reason')
    .option('--service <name>', 'only those of one service')
    .option('--limit <number>', 'how many', '10')
    .option('--since <duration>', 'how far back; Step Functions remembers 90 days', '90d')
    .option('--json', 'print a JSON array for machines'),
)
  .addHelpText(
    'after',
    `
  greengate history --service shop
  greengate history --since 7d --limit 100 --json

Exit codes: 0 listed, also when there is none, 1 usage or no access`,
  )
  .action((flags: Flags) => runCommand(() => history(flags)));

async function history(flags: Flags): Promise<number> {
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new UsageError(`--limit takes a whole number from 1 on, got "${flags.limit}"`);
  }
  const sinceMs = wallClock.now() - parseDuration('--since', flags.since);
  try {
    const account = await accountOf(flags);
    const releases = await pastReleases(account, { service: flags.service, limit, sinceMs });
    const lines = releases.map(historyLine);
    const paint = createPainter(wantsColour(process.stdout, process.env));
    const text = flags.json
      ? JSON.stringify(lines, undefined, 2)
      : lines.length === 0
        ? `No release${flags.service === undefined ? '' : ` of ${flags.service}`} in the last ${flags.since}`
        : renderHistory(lines, paint).join('\n');
    process.stdout.write(`${text}\n`);
    return exitCodes.ok;
  } catch (error) {
    throw explainAccess(error) ?? error;
  }
}
