import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import { compileQueries, type MetricQuery, seriesOf } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';

const mostDatapoints = 100_800;

interface Point {
  readonly atMs: number;
  readonly value: number;
}

interface Result {
  readonly query: MetricQuery;
  readonly points: readonly Point[];
}

/** Values of metrics and of expressions over them, newest first unless asked otherwise; a page ends within a result. */
export function getMetricData(
  store: MetricStore,
  input: GetMetricDataCommandInput,
): Omit<GetMetricDataCommandOutput, '$metadata'> {
  const { ScanBy = 'TimestampDescending', MaxDatapoints = mostDatapoints } = input;
  const queries = compileQueries(input.MetricDataQueries ?? []);
  const fromMs = input.StartTime?.getTime() ?? 0;
  const toMs = input.EndTime?.getTime() ?? 0;
  if (fromMs >= toMs) {
    throw new AwsError('ValidationException', 'StartTime must be less than EndTime');
  }
  if (MaxDatapoints < 1 || MaxDatapoints > mostDatapoints) {
    throw new AwsError(
      'ValidationException',
      `MaxDatapoints ${MaxDatapoints} must be between 1 and ${mostDatapoints}`,
    );
  }
  const results = queries
    .filter(({ returnData }) => returnData)
    .map((query): Result => {
      const points = pointsOf(query, queries, store, fromMs, toMs);
      return { query, points: ScanBy === 'TimestampDescending' ? points.reverse() : points };
    });
  const all = results.flatMap((result) => result.points.map((point) => ({ result, point })));
  const { items, next } = pageOf(all, {
    token: input.NextToken,
    size: MaxDatapoints,
    refuse: () => new AwsError('InvalidNextToken', 'The NextToken is not valid'),
  });
  const onPage = (result: Result) => items.filter((item) => item.result === result);
  const isLast = ({ points }: Result) =>
    points.length === 0 || items.some(({ point }) => point === points.at(-1));
  return {
    MetricDataResults: results
      .map((result) => ({ result, points: onPage(result).map(({ point }) => point) }))
      // Results without data are told once, on the first page.
      .filter(
        ({ result, points }) =>
          points.length > 0 || (result.points.length === 0 && !input.NextToken),
      )
      .map(({ result, points }) => ({
        Id: result.query.id,
        Label: result.query.label,
        Timestamps: points.map(({ atMs }) => new Date(atMs)),
        Values: points.map(({ value }) => value),
        StatusCode: isLast(result) ? ('Complete' as const) : ('PartialData' as const),
      })),
    Messages: [],
    ...(next !== undefined && { NextToken: next }),
  };
}

function pointsOf(
  query: MetricQuery,
  all: readonly MetricQuery[],
  store: MetricStore,
  fromMs: number,
  toMs: number,
): Point[] {
  const periodMs = query.periodSeconds * 1000;
  const first = Math.floor(fromMs / periodMs) * periodMs;
  if ((toMs - first) / periodMs > mostDatapoints) {
    throw new AwsError('ValidationException', `More than ${mostDatapoints} periods were asked for`);
  }
  const starts: number[] = [];
  for (let startMs = first; startMs < toMs; startMs += periodMs) starts.push(startMs);
  return seriesOf(query, all, store, starts).flatMap((value, index) =>
    value === undefined ? [] : [{ atMs: starts[index] ?? 0, value }],
  );
}
