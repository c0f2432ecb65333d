import { Command } from 'commander';
import { runCommand } from '../terminal/run-command.ts';
import {
  type HandFlags,
  handExitCodesHelp,
  releaseByHand,
  withHandOptions,
} from './release-by-hand.ts';

interface Flags extends HandFlags {
  readonly to?: string;
}

export const rollbackCommand = withHandOptions(
  new Command('rollback')
    .description('Go back to the release before the one that runs, or to an image')
    .option('--to <image>', 'a tag, a digest, REPOSITORY:TAG or REPOSITORY@DIGEST'),
)
  .addHelpText(
    'after',
    `
Starts a release by hand: of the last image on record that was deployed before the one that runs, or of the one that --to
names. It goes the way of every release, with preflight, checks and record; a second rollback goes one further back.
What it cannot go back to is refused with the reason. docs/how-to/release-by-hand.md

  greengate rollback --service shop --wait
  greengate rollback --service shop --to v12 --yes

${handExitCodesHelp}`,
  )
  .action((flags: Flags) =>
    runCommand(() =>
      releaseByHand(flags, flags.to === undefined ? undefined : { flag: '--to', text: flags.to }),
    ),
  );
