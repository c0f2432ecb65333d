import type { ListMetricsCommandInput, ListMetricsCommandOutput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';
import type { MetricStore } from './metric-store.ts';

const pageSize = 500;

/** Metrics by namespace, name and dimensions, 500 a page. */
export function listMetrics(
  store: MetricStore,
  input: ListMetricsCommandInput,
): Omit<ListMetricsCommandOutput, '$metadata'> {
  const found = store.list({
    namespace: input.Namespace,
    name: input.MetricName,
    dimensions: (input.Dimensions ?? []).map(({ Name = '', Value }) => ({
      name: Name,
      value: Value,
    })),
  });
  const start = Number(input.NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidParameterValueException', 'The value for NextToken is invalid');
  }
  const end = start + pageSize;
  return {
    Metrics: found.slice(start, end).map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  };
}
