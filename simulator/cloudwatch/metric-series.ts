/** Statistics of some observations of a metric. */
export interface StatisticSet {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Values and how often each was seen, for percentiles. */
  readonly values: ReadonlyMap<number, number>;
}

/** Names a metric: namespace, name and exact dimensions. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Observation {
  readonly atMs: number;
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Single values with their counts; empty for a statistic set, whose values nobody knows. */
  readonly values: readonly (readonly [value: number, count: number])[];
}

/** One metric in one unit. */
export interface ReadableSeries {
  readonly unit: string;
  /** Statistics over `[fromMs, toMs)`; undefined when nothing was observed. */
  over(fromMs: number, toMs: number): StatisticSet | undefined;
  /** Statistics per period that has observations, by the period's start, in order. */
  periods(fromMs: number, toMs: number, periodMs: number): Map<number, StatisticSet>;
}

export interface MutableSet {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
  values: Map<number, number>;
}

/** The finest resolution that CloudWatch keeps, in milliseconds. */
const bucketMs = 1_000;
/** CloudWatch keeps data points of one minute for 15 days. */
const retentionMs = 15 * 24 * 3_600_000;

/** One metric's observations, aggregated per second. */
export class MetricSeries implements ReadableSeries {
  readonly id: MetricId;
  readonly unit: string;
  readonly #buckets = new Map<number, MutableSet>();

  constructor(id: MetricId, unit: string) {
    this.id = id;
    this.unit = unit;
  }

  add(observation: Observation): void {
    const start = Math.floor(observation.atMs / bucketMs) * bucketMs;
    const bucket = this.#buckets.get(start) ?? emptySet();
    mergeObservation(bucket, observation, observation.values);
    this.#buckets.set(start, bucket);
    // Map order is insertion order, which is nearly the order of time: the first bucket is the oldest.
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined && start - oldest > retentionMs) this.#buckets.delete(oldest);
  }

  over(fromMs: number, toMs: number): StatisticSet | undefined {
    const total = emptySet();
    for (const [, bucket] of this.#between(fromMs, toMs))
      mergeObservation(total, bucket, bucket.values);
    return total.sampleCount > 0 ? total : undefined;
  }

  periods(fromMs: number, toMs: number, periodMs: number): Map<number, StatisticSet> {
    const periods = new Map<number, MutableSet>();
    for (const [start, bucket] of this.#between(fromMs, toMs)) {
      const period = Math.floor(start / periodMs) * periodMs;
      const set = periods.get(period) ?? emptySet();
      mergeObservation(set, bucket, bucket.values);
      periods.set(period, set);
    }
    return new Map([...periods].sort(([a], [b]) => a - b));
  }

  /** Looks up each second of a short span, else walks what there is. */
  *#between(fromMs: number, toMs: number): Generator<[number, MutableSet]> {
    if ((toMs - fromMs) / bucketMs > this.#buckets.size) {
      for (const entry of this.#buckets) if (entry[0] >= fromMs && entry[0] < toMs) yield entry;
      return;
    }
    for (let at = Math.ceil(fromMs / bucketMs) * bucketMs; at < toMs; at += bucketMs) {
      const bucket = this.#buckets.get(at);
      if (bucket) yield [at, bucket];
    }
  }
}

export function emptySet(): MutableSet {
  return {
    sampleCount: 0,
    sum: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
    values: new Map(),
  };
}

export function mergeObservation(
  into: MutableSet,
  from: Omit<StatisticSet, 'values'>,
  values: Iterable<readonly [number, number]>,
): void {
  into.sampleCount += from.sampleCount;
  into.sum += from.sum;
  into.minimum = Math.min(into.minimum, from.minimum);
  into.maximum = Math.max(into.maximum, from.maximum);
  for (const [value, count] of values) {
    into.values.set(value, (into.values.get(value) ?? 0) + count);
  }
}
