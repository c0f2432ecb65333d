import type {
  DeleteMetricFilterCommandInput,
  DeleteMetricFilterCommandOutput,
  DescribeMetricFiltersCommandInput,
  DescribeMetricFiltersCommandOutput,
  PutMetricFilterCommandInput,
  PutMetricFilterCommandOutput,
  TestMetricFilterCommandInput,
  TestMetricFilterCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';

/** Operations on metric filters. */
export function metricFilterOperations(
  model: LogsModel,
  world: World,
): Record<string, WireOperation> {
  return {
    PutMetricFilter: operation<PutMetricFilterCommandInput, PutMetricFilterCommandOutput>(
      ['logGroupName', 'filterName', 'filterPattern', 'metricTransformations'],
      ({ logGroupName = '', filterName, filterPattern, metricTransformations }) => {
        model.group(logGroupName).metricFilters.put({
          filterName,
          filterPattern,
          metricTransformations,
          creationTime: world.clock.now(),
          logGroupName,
        });
        return {};
      },
    ),

    DescribeMetricFilters: operation<
      DescribeMetricFiltersCommandInput,
      DescribeMetricFiltersCommandOutput
    >(
      ['logGroupName', 'filterNamePrefix', 'metricName', 'metricNamespace', 'limit', 'nextToken'],
      ({
        logGroupName,
        filterNamePrefix = '',
        metricName,
        metricNamespace,
        limit = 50,
        nextToken,
      }) => {
        const groups = logGroupName ? [model.group(logGroupName)] : model.groups();
        const found = groups
          .flatMap(({ metricFilters }) => metricFilters.all())
          .filter(
            ({ filterName = '', metricTransformations: [transformation] = [] }) =>
              filterName.startsWith(filterNamePrefix) &&
              (!metricName || transformation?.metricName === metricName) &&
              (!metricNamespace || transformation?.metricNamespace === metricNamespace),
          )
          .sort((a, b) => ((a.filterName ?? '') < (b.filterName ?? '') ? -1 : 1));
        const page = pageOf(found, limit, nextToken);
        return {
          metricFilters: page.items,
          ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
        };
      },
    ),

    DeleteMetricFilter: operation<DeleteMetricFilterCommandInput, DeleteMetricFilterCommandOutput>(
      ['logGroupName', 'filterName'],
      ({ logGroupName = '', filterName = '' }) => {
        model.group(logGroupName).metricFilters.delete(filterName);
        return {};
      },
    ),

    TestMetricFilter: operation<TestMetricFilterCommandInput, TestMetricFilterCommandOutput>(
      ['filterPattern', 'logEventMessages'],
      ({ filterPattern = '', logEventMessages = [] }) => {
        const pattern = compileFilterPattern(filterPattern);
        return {
          matches: logEventMessages.flatMap((eventMessage, index) =>
            pattern.matches(eventMessage)
              ? [
                  {
                    eventNumber: index + 1,
                    eventMessage,
                    extractedValues: pattern.extractAll(eventMessage),
                  },
                ]
              : [],
          ),
        };
      },
    ),
  };
}
