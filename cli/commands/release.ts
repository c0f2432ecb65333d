import { Command } from 'commander';
import { runCommand } from '../terminal/run-command.ts';
import {
  type HandFlags,
  handExitCodesHelp,
  releaseByHand,
  withHandOptions,
} from './release-by-hand.ts';

interface Flags extends HandFlags {
  readonly image: string;
}

export const releaseCommand = withHandOptions(
  new Command('release')
    .description('Release an image that is in ECR already, without a push')
    .requiredOption('--image <image>', 'a tag, a digest, REPOSITORY:TAG or REPOSITORY@DIGEST'),
)
  .addHelpText(
    'after',
    `
Not superseded by newer pushes, as a person decided. docs/how-to/release-by-hand.md

  greengate release --service shop --image v14 --wait

${handExitCodesHelp}`,
  )
  .action((flags: Flags) =>
    runCommand(() => releaseByHand(flags, { flag: '--image', text: flags.image })),
  );
