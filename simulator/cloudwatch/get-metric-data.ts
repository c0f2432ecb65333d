import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { compileQueries, type MetricQuery, seriesOf } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';

const mostDatapoints = 100_800;

/** Values of metrics and of expressions over them, newest first unless asked otherwise. */
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
  const results = queries
    .filter(({ returnData }) => returnData)
    .map((query) => {
      const points = pointsOf(query, queries, store, fromMs, toMs);
      if (ScanBy === 'TimestampDescending') points.reverse();
      return { query, points };
    });
  const total = results.reduce((count, { points }) => count + points.length, 0);
  if (total > MaxDatapoints || input.NextToken) {
    throw new AwsError(
      'ValidationException',
      `The answer has ${total} data points and paging is not simulated; ask for at most ${MaxDatapoints}`,
    );
  }
  return {
    MetricDataResults: results.map(({ query, points }) => ({
      Id: query.id,
      Label: query.label,
      Timestamps: points.map(([atMs]) => new Date(atMs)),
      Values: points.map(([, value]) => value),
      StatusCode: 'Complete' as const,
    })),
    Messages: [],
  };
}

function pointsOf(
  query: MetricQuery,
  all: readonly MetricQuery[],
  store: MetricStore,
  fromMs: number,
  toMs: number,
): [number, number][] {
  const periodMs = query.periodSeconds * 1000;
  const first = Math.floor(fromMs / periodMs) * periodMs;
  if ((toMs - first) / periodMs > mostDatapoints) {
    throw new AwsError('ValidationException', `More than ${mostDatapoints} periods were asked for`);
  }
  const starts: number[] = [];
  for (let startMs = first; startMs < toMs; startMs += periodMs) starts.push(startMs);
  return seriesOf(query, all, store, starts).flatMap((value, index): [number, number][] =>
    value === undefined ? [] : [[starts[index] ?? 0, value]],
  );
}
