import { Command } from 'commander';
import { awsErrorName } from '../../functions/adapters/aws-errors.ts';
import { explainAccess } from '../account/explain-access.ts';
import { explainRelease } from '../release/explained-release.ts';
import { renderExplanation } from '../release/render-explanation.ts';
import { createPainter, wantsColour } from '../terminal/painter.ts';
import { exitCodes, runCommand, UsageError } from '../terminal/run-command.ts';
import { type AccountFlags, accountOf, withAccountOptions } from './account-options.ts';

interface Flags extends AccountFlags {
  readonly json?: boolean;
}

export const explainCommand = withAccountOptions(
  new Command('explain')
    .description(
      'Tell the whole story of one release: states, findings, checks, rollback, what to do',
    )
    .argument('<execution>', 'name or ARN of the execution, as greengate history lists it')
    .option('--json', 'print everything that is on record as JSON'),
)
  .addHelpText(
    'after',
    `
  greengate explain shop-96bd94f975d4-a409624b1d72c63e

Exit codes: 0 explained, however the release ended, 1 usage, no such execution or no access`,
  )
  .action((execution: string, flags: Flags) => runCommand(() => explain(execution, flags)));

async function explain(execution: string, flags: Flags): Promise<number> {
  try {
    const release = await explainRelease(await accountOf(flags), execution);
    const paint = createPainter(wantsColour(process.stdout, process.env));
    const text = flags.json
      ? JSON.stringify(release, undefined, 2)
      : renderExplanation(release, paint).join('\n');
    process.stdout.write(`${text}\n`);
    return exitCodes.ok;
  } catch (error) {
    if (awsErrorName(error) === 'ExecutionDoesNotExist') {
      throw new UsageError(
        `There is no execution "${execution}" in this account and Region: greengate history lists those there are`,
      );
    }
    throw explainAccess(error) ?? error;
  }
}
