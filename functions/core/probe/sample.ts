import type { ProbeResponse } from '../ports/probe-transport.ts';

/** One request that was carried through; a request cut off by our own deadline is no sample. */
export interface ProbeSample {
  /** 0-based position in the plan. */
  readonly index: number;
  readonly response: ProbeResponse;
}
