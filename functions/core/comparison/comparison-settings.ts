/** How one request ended. */
export interface PairedOutcome {
  /** No answer, or one of an unexpected status. */
  readonly error: boolean;
  /** Infinity when no answer came: longer than any that did. */
  readonly durationMs: number;
}

/** The same request to both sides, sent at the same moment in random order. */
export interface ComparedPair {
  /** Position in `paths`. */
  readonly path: number;
  readonly original: PairedOutcome;
  readonly replacement: PairedOutcome;
}

export interface LatencySettings {
  /** Of the latencies that are compared, such as 0.95. */
  readonly quantile: number;
  /** Factor that is tolerated; slower than this fails. */
  readonly slowdown: number;
  /** Factor that a pass rules out. */
  readonly detect: number;
  /** Differences up to this many milliseconds are tolerated whatever the factor. */
  readonly toleranceMs: number;
}

/** What the judge needs to know; shares and chances are in 0..1. */
export interface ComparisonSettings {
  readonly paths: readonly { readonly name: string; readonly weight: number }[];
  /** Chance that a replacement no worse than the original fails, over all paths and metrics together. */
  readonly falseAlarm: number;
  /** Chance that a replacement worse by `detect` passes. */
  readonly falsePass: number;
  readonly errorShare: { readonly detect: number };
  readonly latency?: LatencySettings | undefined;
  /** Most pairs, warm-up included. */
  readonly pairs: number;
  /** Pairs at the start that are not judged. */
  readonly warmUpPairs: number;
}
