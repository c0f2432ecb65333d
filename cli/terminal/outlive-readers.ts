import { exitCodes } from './run-command.ts';

type Output = Pick<NodeJS.WriteStream, 'on'>;

/**
 * Lets a command go on when nobody reads its output any more, as after `| head -1`: what it ends with is the outcome
 * of a release, and its reports are still to be written. Output that is lost otherwise, as on a full disk, ends it.
 */
export function outliveReaders(
  outputs: readonly Output[] = [process.stdout, process.stderr],
  end: (code: number) => void = process.exit,
): void {
  for (const output of outputs) {
    output.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE') end(exitCodes.usage);
    });
  }
}
