import { AwsError } from '../core/aws-error.ts';
import type { StatisticSet } from './metric-series.ts';

/** Computes one statistic; undefined when the set cannot tell it. */
export type Statistic = (set: StatisticSet) => number | undefined;

const basic: Readonly<Record<string, Statistic>> = {
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Sum: ({ sum }) => sum,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
  SampleCount: ({ sampleCount }) => sampleCount,
};

/** Basic statistics and percentiles (`p99`, `p99.9`); throws AwsError for the others. */
export function statisticOf(name: string): Statistic {
  const known = Object.hasOwn(basic, name) ? basic[name] : undefined;
  if (known) return known;
  const percentile = Number(/^p(\d{1,3}(?:\.\d+)?)$/.exec(name)?.[1]);
  if (percentile >= 0 && percentile <= 100) return (set) => percentileOf(set, percentile);
  throw new AwsError(
    'InvalidParameterValueException',
    `Statistic ${name} is not simulated; Average, Sum, Minimum, Maximum, SampleCount and percentiles are`,
  );
}

/** The smallest value that at least `percentile` percent of the observations do not exceed. */
function percentileOf({ values, sampleCount }: StatisticSet, percentile: number) {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const known = sorted.reduce((total, [, count]) => total + count, 0);
  // Published statistic sets hide their values: CloudWatch has no percentiles of them either.
  if (known < sampleCount) return undefined;
  const rank = (percentile / 100) * known;
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return undefined;
}
