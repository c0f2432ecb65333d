import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  GetMetricStatisticsCommandInput,
  GetMetricStatisticsCommandOutput,
  ListMetricsCommandInput,
  ListMetricsCommandOutput,
  PutMetricDataCommandInput,
  PutMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { CloudWatchModel } from './model.ts';
import { putMetricData } from './put-metric-data.ts';

/** Operations on metrics. */
export function metricOperations(
  model: CloudWatchModel,
  world: World,
): Record<string, WireOperation> {
  return {
    PutMetricData: operation<PutMetricDataCommandInput, PutMetricDataCommandOutput>(
      ['Namespace', 'MetricData'],
      (input) => {
        putMetricData(model.metrics, input, world.clock.now());
        return {};
      },
    ),
    GetMetricStatistics: operation<
      GetMetricStatisticsCommandInput,
      GetMetricStatisticsCommandOutput
    >(
      [
        'Namespace',
        'MetricName',
        'Dimensions',
        'StartTime',
        'EndTime',
        'Period',
        'Statistics',
        'ExtendedStatistics',
        'Unit',
      ],
      (input) => getMetricStatistics(model.metrics, input),
    ),
    GetMetricData: operation<GetMetricDataCommandInput, GetMetricDataCommandOutput>(
      ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy', 'MaxDatapoints', 'NextToken'],
      (input) => getMetricData(model.metrics, input),
    ),
    ListMetrics: operation<ListMetricsCommandInput, ListMetricsCommandOutput>(
      ['Namespace', 'MetricName', 'Dimensions', 'NextToken'],
      (input) => listMetrics(model.metrics, input),
    ),
  };
}
