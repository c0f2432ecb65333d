import {
  emptySet,
  type MetricId,
  type MutableSet,
  mergeObservation,
  type ReadableSeries,
  type StatisticSet,
} from './metric-series.ts';

const minuteMs = 60_000;
/** CloudWatch keeps data points of one minute for 15 days. */
const retentionMs = 15 * 24 * 3_600_000;

interface Change {
  readonly atMs: number;
  /** One for each reporter; none while nothing is reported. */
  readonly values: readonly number[];
}

/**
 * A metric that a service reports each minute. Kept as changes, so that a jump of time over any number of
 * minutes leaves a data point in each of them and costs nothing.
 */
export class HeldSeries implements ReadableSeries {
  readonly id: MetricId;
  readonly unit: string;
  readonly #nowMs: () => number;
  /** By ascending time. */
  #changes: Change[] = [];

  constructor(id: MetricId, unit: string, nowMs: () => number) {
    this.id = id;
    this.unit = unit;
    this.#nowMs = nowMs;
  }

  hold(values: readonly number[]): void {
    const atMs = this.#nowMs();
    const before = this.#changes.at(-1);
    if (before && sameNumbers(before.values, values)) return;
    this.#changes.push({ atMs, values });
    // Of what is too old only the value that still holds at the beginning is needed.
    const kept = this.#indexAt(atMs - retentionMs);
    if (kept > 0) this.#changes = this.#changes.slice(kept);
  }

  over(fromMs: number, toMs: number): StatisticSet | undefined {
    const total = emptySet();
    for (const { values } of this.#between(fromMs, toMs)) mergeAll(total, values);
    return total.sampleCount > 0 ? total : undefined;
  }

  periods(fromMs: number, toMs: number, periodMs: number): Map<number, StatisticSet> {
    const periods = new Map<number, MutableSet>();
    for (const { atMs, values } of this.#between(fromMs, toMs)) {
      const period = Math.floor(atMs / periodMs) * periodMs;
      const set = periods.get(period) ?? emptySet();
      mergeAll(set, values);
      periods.set(period, set);
    }
    return periods;
  }

  /** What was reported in `[fromMs, toMs)`, in order: each change, and at each full minute what holds then. */
  *#between(fromMs: number, toMs: number): Generator<Change> {
    const endMs = Math.min(toMs, this.#nowMs() + 1);
    const beginMs = Math.max(fromMs, this.#changes[0]?.atMs ?? endMs);
    let index = this.#indexAt(beginMs - 1);
    let minute = Math.ceil(beginMs / minuteMs) * minuteMs;
    for (;;) {
      const next = this.#changes[index + 1];
      if (next && next.atMs < endMs && next.atMs <= minute) {
        index++;
        if (next.values.length > 0) yield next;
        if (next.atMs === minute) minute += minuteMs;
        continue;
      }
      if (minute >= endMs) return;
      const { values = [] } = this.#changes[index] ?? {};
      if (values.length > 0) yield { atMs: minute, values };
      minute += minuteMs;
    }
  }

  /** Index of the last change at or before an instant; -1 for none. */
  #indexAt(atMs: number): number {
    let [low, high] = [0, this.#changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function mergeAll(into: MutableSet, values: readonly number[]): void {
  for (const value of values) {
    mergeObservation(into, { sampleCount: 1, sum: value, minimum: value, maximum: value }, [
      [value, 1],
    ]);
  }
}

function sameNumbers(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
