import { type MetricId, MetricSeries, type Observation } from './metric-series.ts';

export interface MetricFilter {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** Dimensions that must be there; without a value any will do. */
  readonly dimensions?: readonly { readonly name: string; readonly value?: string | undefined }[];
}

/** All metrics. Another set of dimensions is another metric: nothing is aggregated across them. */
export class MetricStore {
  readonly #series = new Map<string, MetricSeries>();

  put(id: MetricId, observation: Observation, unit?: string): void {
    const key = keyOf(id);
    const series = this.#series.get(key) ?? new MetricSeries(id);
    series.add(observation);
    if (unit !== undefined) series.unit = unit;
    this.#series.set(key, series);
  }

  find(id: MetricId): MetricSeries | undefined {
    return this.#series.get(keyOf(id));
  }

  list({ namespace, name, dimensions = [] }: MetricFilter): MetricId[] {
    return [...this.#series]
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
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
