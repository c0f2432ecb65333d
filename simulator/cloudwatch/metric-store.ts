import { combineSeries } from './combine-series.ts';
import { HeldSeries } from './held-series.ts';
import {
  type MetricId,
  MetricSeries,
  type Observation,
  type ReadableSeries,
} from './metric-series.ts';

export interface MetricFilter {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** Dimensions that must be there; without a value any will do. */
  readonly dimensions?: readonly { readonly name: string; readonly value?: string | undefined }[];
}

interface Metric {
  readonly id: MetricId;
  /** Units are kept apart (API reference, MetricDatum). */
  readonly observed: Map<string, MetricSeries>;
  held: HeldSeries | undefined;
}

/** All metrics. Another set of dimensions is another metric: nothing is aggregated across them. */
export class MetricStore {
  readonly #nowMs: () => number;
  readonly #metrics = new Map<string, Metric>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  put(id: MetricId, observation: Observation, unit = 'None'): void {
    const { observed } = this.#metric(id);
    const series = observed.get(unit) ?? new MetricSeries(id, unit);
    series.add(observation);
    observed.set(unit, series);
  }

  /** From now on reported each minute. */
  hold(id: MetricId, values: readonly number[], unit: string): void {
    const metric = this.#metric(id);
    metric.held ??= new HeldSeries(id, unit, this.#nowMs);
    metric.held.hold(values);
  }

  /** What was observed in one unit, or in all of them. */
  find(id: MetricId, unit?: string): ReadableSeries | undefined {
    const found = this.inUnits(id).filter((series) => unit === undefined || series.unit === unit);
    return found.length > 1 ? combineSeries(found) : found[0];
  }

  /** One series for each unit. */
  inUnits(id: MetricId): ReadableSeries[] {
    const metric = this.#metrics.get(keyOf(id));
    return metric ? [...metric.observed.values(), metric.held ?? []].flat() : [];
  }

  list({ namespace, name, dimensions = [] }: MetricFilter): MetricId[] {
    return [...this.#metrics]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { id }]) => id)
      .filter(
        (id) =>
          (namespace === undefined || id.namespace === namespace) &&
          (name === undefined || id.name === name) &&
          dimensions.every((wanted) => {
            const value = id.dimensions[wanted.name];
            return value !== undefined && (wanted.value === undefined || value === wanted.value);
          }),
      );
  }

  #metric(id: MetricId): Metric {
    const key = keyOf(id);
    const metric = this.#metrics.get(key) ?? { id, observed: new Map(), held: undefined };
    this.#metrics.set(key, metric);
    return metric;
  }
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
