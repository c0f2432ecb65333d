import {
  emptySet,
  type MutableSet,
  mergeObservation,
  type ReadableSeries,
} from './metric-series.ts';

/** Several units of one metric read as one, as a query does that names no unit. */
export function combineSeries(all: readonly ReadableSeries[]): ReadableSeries {
  return {
    unit: 'None',
    over(fromMs, toMs) {
      const total = emptySet();
      for (const series of all) {
        const set = series.over(fromMs, toMs);
        if (set) mergeObservation(total, set, set.values);
      }
      return total.sampleCount > 0 ? total : undefined;
    },
    periods(fromMs, toMs, periodMs) {
      const periods = new Map<number, MutableSet>();
      for (const series of all) {
        for (const [startMs, set] of series.periods(fromMs, toMs, periodMs)) {
          const total = periods.get(startMs) ?? emptySet();
          mergeObservation(total, set, set.values);
          periods.set(startMs, total);
        }
      }
      return new Map([...periods].sort(([a], [b]) => a - b));
    },
  };
}
