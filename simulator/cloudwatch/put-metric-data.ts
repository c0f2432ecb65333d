import type { MetricDatum, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { toMetricId } from './metric-query.ts';
import type { Observation } from './metric-series.ts';
import type { MetricStore } from './metric-store.ts';

/** Data points may be two weeks old and two hours ahead. */
const oldestMs = 14 * 24 * 3_600_000;
const furthestMs = 2 * 3_600_000;

/** Stores the data of one call; a mistake in one of them refuses them all. */
export function putMetricData(
  store: MetricStore,
  { Namespace = '', MetricData = [] }: PutMetricDataCommandInput,
  nowMs: number,
): void {
  if (Namespace.startsWith('AWS/')) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The value AWS/ for parameter Namespace is invalid.',
    );
  }
  const observed = MetricData.map((datum) => ({ datum, observation: observe(datum, nowMs) }));
  for (const { datum, observation } of observed) {
    const { MetricName, Dimensions, Unit } = datum;
    store.put(toMetricId({ Namespace, MetricName, Dimensions }), observation, Unit);
  }
}

function observe(datum: MetricDatum, nowMs: number): Observation {
  const atMs = datum.Timestamp?.getTime() ?? nowMs;
  if (atMs < nowMs - oldestMs || atMs > nowMs + furthestMs) {
    throw invalid('Timestamp must be at most two weeks in the past and two hours in the future');
  }
  const { Value, Values, Counts, StatisticValues } = datum;
  const forms = [Value, Values?.length ? Values : undefined, StatisticValues];
  if (forms.filter((form) => form !== undefined).length !== 1) {
    throw invalid('Exactly one of Value, Values and StatisticValues must be given');
  }
  if (StatisticValues) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    return {
      atMs,
      sampleCount: SampleCount,
      sum: Sum,
      minimum: Minimum,
      maximum: Maximum,
      values: [],
    };
  }
  const numbers = Value === undefined ? (Values ?? []) : [Value];
  if (Counts?.length && Counts.length !== numbers.length) {
    throw invalid('Values and Counts must have the same length');
  }
  const values = numbers.map((number, index) => [number, Counts?.[index] ?? 1] as const);
  if (values.some(([number, count]) => !Number.isFinite(number) || !(count > 0))) {
    throw invalid('Values must be finite numbers and Counts positive');
  }
  return {
    atMs,
    sampleCount: values.reduce((total, [, count]) => total + count, 0),
    sum: values.reduce((total, [number, count]) => total + number * count, 0),
    minimum: Math.min(...numbers),
    maximum: Math.max(...numbers),
    values,
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
