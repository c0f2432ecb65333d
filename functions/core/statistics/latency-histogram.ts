/** Values of one bucket differ by at most this factor. */
const growth = 1.02;
const logGrowth = Math.log(growth);
/** Durations up to this share the first bucket; no network answers faster. */
const smallestMs = 0.01;

/** A histogram as plain data: `[bucket, count]` by rising bucket. `lost` had no end that anybody saw. */
export interface LatencyHistogramData {
  readonly buckets: readonly (readonly [number, number])[];
  readonly lost: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Counts durations in fixed logarithmic buckets: a quantile is off by at most 1 % of its value (and never
 * outside the least and greatest value recorded), whatever the distribution, and histograms merge without loss
 * because the buckets are the same everywhere. Source: DDSketch (Masson, Rim, Lee, VLDB 2019), with buckets
 * never collapsed.
 */
export class LatencyHistogram {
  readonly #counts = new Map<number, number>();
  #finite = 0;
  #lost = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = Number.NEGATIVE_INFINITY;

  static from(data: LatencyHistogramData): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [bucket, count] of data.buckets) histogram.#add(bucket, count);
    histogram.#lost = data.lost;
    if (histogram.#finite > 0) {
      histogram.#minMs = data.minMs;
      histogram.#maxMs = data.maxMs;
    }
    return histogram;
  }

  /** Everything recorded, lost requests included. */
  get count(): number {
    return this.#finite + this.#lost;
  }

  /** Requests recorded as Infinity: no answer came, the duration is only known to be longer than any. */
  get lost(): number {
    return this.#lost;
  }

  /** Milliseconds >= 0, or Infinity for a request without an answer. Throws RangeError for anything else. */
  record(durationMs: number): void {
    if (!(durationMs >= 0)) {
      throw new RangeError(`Cannot record a duration of ${durationMs} ms, need 0 or more`);
    }
    if (durationMs === Number.POSITIVE_INFINITY) {
      this.#lost += 1;
      return;
    }
    this.#add(bucketOf(durationMs), 1);
    this.#minMs = Math.min(this.#minMs, durationMs);
    this.#maxMs = Math.max(this.#maxMs, durationMs);
  }

  /** A new histogram of both; order and grouping of merges make no difference. */
  merge(other: LatencyHistogram): LatencyHistogram {
    const merged = LatencyHistogram.from(this.toJSON());
    for (const [bucket, count] of other.#counts) merged.#add(bucket, count);
    merged.#lost += other.#lost;
    merged.#minMs = Math.min(this.#minMs, other.#minMs);
    merged.#maxMs = Math.max(this.#maxMs, other.#maxMs);
    return merged;
  }

  /**
   * Nearest-rank quantile (0 < q <= 1) in milliseconds, within 1 %; Infinity when it falls on a request without
   * an answer, undefined when nothing was recorded. Source of the rank: Hyndman and Fan 1996, definition 1.
   */
  quantile(quantile: number): number | undefined {
    if (!(quantile > 0 && quantile <= 1)) {
      throw new RangeError(`Cannot take quantile ${quantile}, need more than 0 and at most 1`);
    }
    if (this.count === 0) return undefined;
    // The slack absorbs the rounding of products such as 0.07 * 100 = 7.000000000000001.
    const rank = Math.max(1, Math.ceil(quantile * this.count - 1e-9));
    return this.#valueAt(rank);
  }

  toJSON(): LatencyHistogramData {
    return {
      buckets: this.#sorted(),
      lost: this.#lost,
      minMs: this.#finite === 0 ? 0 : this.#minMs,
      maxMs: this.#finite === 0 ? 0 : this.#maxMs,
    };
  }

  #valueAt(rank: number): number {
    if (rank > this.#finite) return Number.POSITIVE_INFINITY;
    if (rank === this.#finite) return this.#maxMs;
    let seen = 0;
    for (const [bucket, count] of this.#sorted()) {
      seen += count;
      if (seen >= rank) return Math.min(this.#maxMs, Math.max(this.#minMs, middleOf(bucket)));
    }
    return this.#maxMs;
  }

  #sorted(): (readonly [number, number])[] {
    return [...this.#counts].sort(([left], [right]) => left - right);
  }

  #add(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#finite += count;
  }
}

/** Bucket k > 0 holds (smallest * growth^(k-1), smallest * growth^k]. */
function bucketOf(durationMs: number): number {
  if (durationMs <= smallestMs) return 0;
  return Math.max(1, Math.ceil(Math.log(durationMs / smallestMs) / logGrowth - 1e-12));
}

/** The value with the least relative distance from both ends of the bucket: (growth-1)/(growth+1) < 1 %. */
function middleOf(bucket: number): number {
  if (bucket === 0) return smallestMs;
  return (2 * smallestMs * growth ** bucket) / (growth + 1);
}
