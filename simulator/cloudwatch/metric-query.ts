import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { compileExpression, type Expression } from './expression.ts';
import type { Series } from './math-value.ts';
import type { MetricId } from './metric-series.ts';
import type { MetricStore } from './metric-store.ts';
import { type Statistic, statisticOf } from './statistic.ts';

/** One entry of a query list: a metric's statistic, or an expression over other entries. */
export type MetricQuery = {
  readonly id: string;
  readonly label: string;
  readonly returnData: boolean;
  readonly periodSeconds: number;
} & (
  | {
      readonly kind: 'metric';
      readonly metric: MetricId;
      readonly unit: string | undefined;
      readonly statistic: Statistic;
    }
  | { readonly kind: 'expression'; readonly expression: Expression }
);

/** Checks and compiles the `MetricDataQueries` of a call or the `Metrics` of an alarm. */
export function compileQueries(queries: readonly MetricDataQuery[]): MetricQuery[] {
  const periods = queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
  const compiled = queries.map((query) => compileQuery(query, periods[0] ?? 60));
  const ids = new Set(compiled.map(({ id }) => id));
  if (ids.size < compiled.length) throw invalid('The ids of metric queries must be unique');
  for (const query of compiled) checkReferences(query, compiled);
  return compiled;
}

function compileQuery(query: MetricDataQuery, inheritedPeriod: number): MetricQuery {
  const { Id = '', Label, MetricStat, Expression: source, ReturnData = true } = query;
  if (!/^[a-z]\w{0,254}$/.test(Id)) {
    throw invalid(`Metric query id ${JSON.stringify(Id)} must begin with a lower-case letter`);
  }
  if (query.AccountId !== undefined) throw invalid('AccountId of a metric query is not simulated');
  if (MetricStat && source === undefined) {
    const { Metric, Period = 0, Stat = '', Unit } = MetricStat;
    const metric = toMetricId(Metric ?? {});
    return {
      kind: 'metric',
      id: Id,
      label: Label ?? metric.name,
      returnData: ReturnData,
      periodSeconds: checkPeriod(Period),
      metric,
      unit: Unit,
      statistic: statisticOf(Stat),
    };
  }
  if (source === undefined || MetricStat) {
    throw invalid(`Metric query ${Id} needs either MetricStat or Expression`);
  }
  return {
    kind: 'expression',
    id: Id,
    label: Label ?? Id,
    returnData: ReturnData,
    periodSeconds: checkPeriod(query.Period ?? inheritedPeriod),
    expression: compileExpression(source),
  };
}

/** Expressions may use each other, in whatever order they stand, but not in a circle. */
function checkReferences(
  query: MetricQuery,
  all: readonly MetricQuery[],
  path: readonly string[] = [],
): void {
  if (path.includes(query.id)) throw invalid(`Expression ${query.id} refers to itself`);
  if (query.kind === 'metric') return;
  for (const id of query.expression.ids) {
    const target = all.find((other) => other.id === id);
    if (!target) throw invalid(`Expression ${query.id} refers to ${id}, which is not in the list`);
    checkReferences(target, all, [...path, query.id]);
  }
}

/** Values of a query, one for each period that begins at `starts`; undefined where it has no data. */
export function seriesOf(
  query: MetricQuery,
  all: readonly MetricQuery[],
  store: MetricStore,
  starts: readonly number[],
): Series {
  if (query.kind === 'metric') {
    const metric = store.find(query.metric, query.unit);
    // An expression's grid may be another than the metric's own.
    const gridMs = (starts[1] ?? Number.NaN) - (starts[0] ?? Number.NaN);
    const periodMs = Number.isNaN(gridMs) ? query.periodSeconds * 1000 : gridMs;
    return starts.map((fromMs) => {
      const set = metric?.over(fromMs, fromMs + periodMs);
      return set && query.statistic(set);
    });
  }
  const values = (target: MetricQuery) => seriesOf(target, all, store, starts);
  const find = (id: string) => all.find((other) => other.id === id);
  return query.expression.evaluate({
    starts,
    periodSeconds: query.periodSeconds,
    series: (id) => {
      const target = find(id);
      return target ? values(target) : starts.map(() => undefined);
    },
    metrics: (containing) =>
      all.filter((other) => other.kind === 'metric' && other.id.includes(containing)).map(values),
    periodOf: (id) => find(id)?.periodSeconds ?? query.periodSeconds,
  });
}

export interface WireMetric {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?:
    | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
}

export function toMetricId({
  Namespace = '',
  MetricName = '',
  Dimensions = [],
}: WireMetric): MetricId {
  const dimensions = Dimensions.map(({ Name = '', Value = '' }) => [Name, Value] as const);
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(dimensions) };
}

/** 1, 5, 10, 20, 30 or a multiple of 60 seconds, as a query of metrics takes it. */
export function checkPeriod(seconds: number): number {
  if ([1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)) return seconds;
  throw new AwsError(
    'InvalidParameterValueException',
    `Period ${seconds} must be 1, 5, 10, 20, 30 or a multiple of 60 seconds`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
