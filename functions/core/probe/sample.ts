import type { Exchange } from './exchange.ts';

/** One request that was carried through; a request cut off by our own deadline is no sample. */
export interface ProbeSample extends Exchange {
  /** 0-based position in the plan. */
  readonly index: number;
  /** How much later than intended it was sent, because too many were unanswered still. */
  readonly delayMs: number;
}
