import type { MetricDatum, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import { toMetricId } from './metric-query.ts';
import type { Observation } from './metric-series.ts';
import type { MetricStore } from './metric-store.ts';
import { isUnit } from './metric-units.ts';

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
  checkSize('MetricData', MetricData, 1000);
  const observed = MetricData.map((datum, index) => {
    checkDatum(datum, `MetricData.member.${index + 1}`);
    return { datum, observation: observe(datum, nowMs) };
  });
  for (const { datum, observation } of observed) {
    const { MetricName, Dimensions, Unit } = datum;
    store.put(toMetricId({ Namespace, MetricName, Dimensions }), observation, Unit);
  }
}

/** Words observed in public logs, for Dimensions in the manner of Values. */
function checkSize(name: string, list: readonly unknown[] | undefined, most: number): void {
  if ((list?.length ?? 0) <= most) return;
  throw invalid(`The collection ${name} must not have a size greater than ${most}.`);
}

function checkDatum(datum: MetricDatum, at: string): void {
  const { MetricName, Dimensions, Value, Values, Unit, StorageResolution } = datum;
  if (!MetricName) {
    throw new AwsError(
      'MissingRequiredParameterException',
      `The parameter ${at}.MetricName is required.`,
    );
  }
  checkSize(`${at}.Dimensions`, Dimensions, 30);
  checkSize(`${at}.Values`, Values, 150);
  if (Unit !== undefined && !isUnit(Unit)) throw badValue(Unit, `${at}.Unit`);
  if (Value !== undefined && !isKept(Value)) throw badValue(`${Value}`, `${at}.Value`);
  const tooBig = Values?.findIndex((value) => !isKept(value)) ?? -1;
  if (tooBig >= 0) throw badValue(`${Values?.[tooBig]}`, `${at}.Values.member.${tooBig + 1}`);
  if (StorageResolution !== undefined && ![1, 60].includes(StorageResolution)) {
    throw badValue(`${StorageResolution}`, `${at}.StorageResolution`);
  }
}

/** From -2^360 to 2^360 [model]. */
function isKept(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= 2 ** 360;
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
  if (values.some(([, count]) => !(count > 0))) {
    throw invalid('Counts must be positive');
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

function badValue(value: string, name: string): AwsError {
  return invalid(`The value ${value} for parameter ${name} is invalid.`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
