import type { Command } from 'commander';
import type { Clock } from '../../functions/core/ports/clock.ts';
import { openAccount } from '../account/open-account.ts';
import { checkAccess, pointAtAccount } from '../preflight/aws-access.ts';
import type { ReleaseAccount } from '../release/release-account.ts';

export interface AccountFlags {
  readonly endpoint?: string;
  readonly region?: string;
  readonly records?: string;
}

/** Options of every command that looks at releases. */
export function withAccountOptions(command: Command): Command {
  return command
    .option('--region <name>', 'default AWS_REGION or that of the profile')
    .option('--endpoint <url>', 'a simulator instead of AWS; default AWS_ENDPOINT_URL')
    .option(
      '--records <bucket>',
      'records bucket; default the one that the controller stack names',
      process.env.GREENGATE_RECORDS,
    );
}

/** The account that the options and the environment point at. Throws UsageError without Region or credentials. */
export async function accountOf(flags: AccountFlags): Promise<ReleaseAccount> {
  pointAtAccount(flags, process.env);
  const { region } = await checkAccess();
  return openAccount({
    region,
    recordsBucket: flags.records,
    lessToSee: (sentence) => process.stderr.write(`${sentence}\n`),
  });
}

/** Real time, which a person waits in. */
export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
