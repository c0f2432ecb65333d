import { createInterface } from 'node:readline/promises';
import type { ReadStream, WriteStream } from 'node:tty';

/** Where a question goes, and where its answer comes from. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;
  readonly output: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>;
}

/** Questions go to stderr: what a script reads from stdout stays free of them. */
export const standardTerminal: Terminal = { input: process.stdin, output: process.stderr };

/** Asks a person, and takes nothing but yes for a yes; where nobody sits at a terminal, nobody is asked. */
export async function isConfirmed(
  question: string,
  { input, output }: Terminal = standardTerminal,
): Promise<boolean> {
  if (!input.isTTY || !output.isTTY) return true;
  const terminal = createInterface({ input, output });
  try {
    // A closed input, as by Ctrl-D, is no answer, and would leave the question open for ever.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
