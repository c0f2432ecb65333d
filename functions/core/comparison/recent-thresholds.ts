/** Pairs whose latencies the thresholds are read from: enough for a quantile, few enough to follow a drift. */
const windowPairs = 128;
/** Pairs after which they are read again. */
const renewEvery = 16;
/** Pairs needed before the first thresholds; they are not bet on. */
export const calibrationPairs = 32;

/**
 * Latency thresholds at given levels of both sides' recent latencies together. They are made of earlier pairs
 * only, as the bets of a test martingale must be.
 */
export class RecentThresholds {
  readonly #levels: readonly number[];
  readonly #window = new Float64Array(2 * windowPairs);
  #seen = 0;
  #thresholds: readonly number[] | undefined;

  constructor(levels: readonly number[]) {
    this.#levels = levels;
  }

  /** One per level, undefined while there are too few pairs. */
  get current(): readonly number[] | undefined {
    return this.#thresholds;
  }

  add(firstMs: number, secondMs: number): void {
    const at = this.#seen % windowPairs;
    this.#window[2 * at] = firstMs;
    this.#window[2 * at + 1] = secondMs;
    this.#seen += 1;
    if (this.#seen < calibrationPairs || this.#seen % renewEvery !== 0) return;
    const sorted = this.#window.slice(0, 2 * Math.min(this.#seen, windowPairs)).sort();
    this.#thresholds = this.#levels.map((level) => thresholdAt(sorted, level));
  }
}

/** Requests without an answer lie above every threshold, so a threshold is a time that somebody took. */
function thresholdAt(sorted: Float64Array, level: number): number {
  let at = Math.ceil(level * sorted.length) - 1;
  while (at > 0 && sorted[at] === Number.POSITIVE_INFINITY) at -= 1;
  return sorted[at] ?? 0;
}
