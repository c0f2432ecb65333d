import { createInterface } from 'node:readline/promises';
import type { Terminal } from './confirm.ts';

/** The person pressed Ctrl-C or Ctrl-D instead of answering. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

export interface Questioner {
  /** Resolves with what was typed, which may be empty. Throws UnansweredError. */
  ask(question: string): Promise<string>;
  close(): void;
}

/** Asks a person one question after the other. */
export function questioner({ input, output }: Terminal): Questioner {
  const terminal = createInterface({ input, output });
  const closed = new Promise<never>((_, reject) => {
    terminal.once('close', () => reject(new UnansweredError('The question was not answered')));
  });
  // Closing after the last answer is no matter to anybody.
  closed.catch(() => {});
  return {
    // Node.js fails an open question by itself at Ctrl-C, with an error of its own.
    ask: (question) => Promise.race([terminal.question(question).catch(() => closed), closed]),
    close: () => terminal.close(),
  };
}
