import type { Mask } from '../probe/mask.ts';

/** What judging an answer needs beside the answer. */
export interface AnswerContext {
  readonly mask: Mask;
  /** Epoch milliseconds, for what expires. */
  readonly nowMs: number;
}
