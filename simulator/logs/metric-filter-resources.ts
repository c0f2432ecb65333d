import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { cfnNumber } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';

const transformation = z.strictObject({
  MetricName: z.string(),
  MetricNamespace: z.string(),
  MetricValue: z.union([z.string(), z.number()]).transform(String),
  DefaultValue: cfnNumber.optional(),
  Dimensions: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  Unit: z.string().optional(),
});

const metricFilterProperties = z.strictObject({
  FilterName: z.string().optional(),
  FilterPattern: z.string(),
  LogGroupName: z.string(),
  MetricTransformations: z.array(transformation).length(1),
});

type MetricFilterProperties = z.output<typeof metricFilterProperties>;

/** AWS::Logs::MetricFilter and AWS::Logs::LogStream. */
export function metricFilterResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::Logs::MetricFilter': resource(
      metricFilterProperties,
      async (properties, context) => {
        const filterName = properties.FilterName ?? context.generatedName(512);
        await api('PutMetricFilter', filterOf(filterName, properties), context);
        return { physicalId: filterName };
      },
      {
        replacedBy: ['FilterName', 'LogGroupName'],
        nameProperty: 'FilterName',
        async update({ physicalId, next }, context) {
          await api('PutMetricFilter', filterOf(physicalId, next), context);
          return undefined;
        },
        async delete({ physicalId: filterName, properties }, context) {
          const { LogGroupName: logGroupName } = properties;
          await api('DeleteMetricFilter', { logGroupName, filterName }, context);
        },
      },
    ),
    'AWS::Logs::LogStream': resource(
      z.strictObject({ LogGroupName: z.string(), LogStreamName: z.string().optional() }),
      async ({ LogGroupName: logGroupName, LogStreamName }, context) => {
        const logStreamName = LogStreamName ?? context.generatedName(512);
        await api('CreateLogStream', { logGroupName, logStreamName }, context);
        return { physicalId: logStreamName };
      },
      {
        replacedBy: 'all',
        async delete({ physicalId: logStreamName, properties }, context) {
          const { LogGroupName: logGroupName } = properties;
          await api('DeleteLogStream', { logGroupName, logStreamName }, context);
        },
      },
    ),
  };
}

function filterOf(filterName: string, properties: MetricFilterProperties) {
  const metricTransformations = properties.MetricTransformations.map(
    (each): MetricTransformation => ({
      metricName: each.MetricName,
      metricNamespace: each.MetricNamespace,
      metricValue: each.MetricValue,
      ...(each.DefaultValue !== undefined && { defaultValue: each.DefaultValue }),
      ...(each.Unit && { unit: each.Unit as NonNullable<MetricTransformation['unit']> }),
      ...(each.Dimensions && {
        dimensions: Object.fromEntries(each.Dimensions.map(({ Key, Value }) => [Key, Value])),
      }),
    }),
  );
  return {
    logGroupName: properties.LogGroupName,
    filterName,
    filterPattern: properties.FilterPattern,
    metricTransformations,
  };
}
