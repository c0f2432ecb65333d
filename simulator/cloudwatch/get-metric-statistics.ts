import type {
  Datapoint,
  GetMetricStatisticsCommandInput,
  GetMetricStatisticsCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { checkPeriod, toMetricId } from './metric-query.ts';
import type { MetricStore } from './metric-store.ts';
import { statisticOf } from './statistic.ts';

const mostDatapoints = 1_440;

/** Data points of one metric, oldest first (CloudWatch promises no order). */
export function getMetricStatistics(
  store: MetricStore,
  input: GetMetricStatisticsCommandInput,
): Omit<GetMetricStatisticsCommandOutput, '$metadata'> {
  const { Statistics = [], ExtendedStatistics = [], MetricName = '' } = input;
  if (Statistics.length + ExtendedStatistics.length === 0) {
    throw new AwsError(
      'MissingRequiredParameterException',
      'At least one of Statistics and ExtendedStatistics must be given',
    );
  }
  const periodMs = checkPeriod(input.Period ?? 60) * 1000;
  const fromMs = input.StartTime?.getTime() ?? 0;
  const toMs = input.EndTime?.getTime() ?? 0;
  if (fromMs >= toMs) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
  const asked = Math.ceil((toMs - fromMs) / periodMs);
  if (asked > mostDatapoints) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `You have requested up to ${asked.toLocaleString('en-US')} datapoints, which exceeds the limit of ${mostDatapoints.toLocaleString('en-US')}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  // Units are not added up: a period has a data point for each of them.
  const periods = store
    .inUnits(toMetricId(input))
    .filter(({ unit }) => input.Unit === undefined || unit === input.Unit)
    .flatMap((series) =>
      [...series.periods(fromMs, toMs, periodMs)].map(([startMs, set]) => ({
        startMs,
        set,
        unit: series.unit,
      })),
    )
    .sort((a, b) => a.startMs - b.startMs);
  const Datapoints = periods.map(({ startMs, set, unit }): Datapoint => {
    const basic = Statistics.map((name) => [name, statisticOf(name)(set)]);
    const extended = ExtendedStatistics.flatMap((name) => {
      const value = statisticOf(name)(set);
      return value === undefined ? [] : [[name, value]];
    });
    return {
      Timestamp: new Date(startMs),
      Unit: unit as NonNullable<Datapoint['Unit']>,
      ...Object.fromEntries(basic),
      ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(extended) } : {}),
    };
  });
  return { Label: MetricName, Datapoints };
}
