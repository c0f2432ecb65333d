import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import { compositeAlarmResources } from './composite-alarm-resources.ts';
import type { CloudWatchModel } from './model.ts';
import { cloudwatchWire } from './wire.ts';

const dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional();

const metricQuery = z.strictObject({
  Id: z.string(),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  Period: cfnNumber.optional(),
  ReturnData: cfnBoolean.optional(),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({
        Namespace: z.string().optional(),
        MetricName: z.string().optional(),
        Dimensions: dimensions,
      }),
      Period: cfnNumber,
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});

const alarmProperties = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: cfnBoolean.optional(),
  AlarmActions: z.array(z.string()).optional(),
  OKActions: z.array(z.string()).optional(),
  InsufficientDataActions: z.array(z.string()).optional(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: dimensions,
  Period: cfnNumber.optional(),
  EvaluationPeriods: cfnNumber,
  DatapointsToAlarm: cfnNumber.optional(),
  Threshold: cfnNumber.optional(),
  ComparisonOperator: z.string(),
  TreatMissingData: z.string().optional(),
  EvaluateLowSampleCountPercentile: z.string().optional(),
  Unit: z.string().optional(),
  Metrics: z.array(metricQuery).optional(),
  Tags: cfnTags,
});

export function cloudwatchResources(model: CloudWatchModel, world: World): ResourceProviders {
  const api = serviceApi(() => cloudwatchWire(model, world));
  return {
    ...compositeAlarmResources(api, world),
    'AWS::CloudWatch::Alarm': resource(
      alarmProperties,
      (properties, context) => {
        const AlarmName = properties.AlarmName ?? context.generatedName(255);
        // The property names are the members of PutMetricAlarm, which checks the enumerations itself.
        const alarm = model.putAlarm({ ...properties, AlarmName } as PutMetricAlarmInput);
        return { physicalId: AlarmName, attributes: { Arn: alarm.arn } };
      },
      {
        replacedBy: ['AlarmName'],
        nameProperty: 'AlarmName',
        async update({ physicalId: AlarmName, properties, next }, context) {
          const { Tags, ...alarm } = next;
          await api('PutMetricAlarm', { ...alarm, AlarmName }, context);
          const ResourceARN = arn(world.identity, 'cloudwatch', `alarm:${AlarmName}`);
          const { set, removed } = tagChanges(properties.Tags, Tags);
          if (removed.length > 0)
            await api('UntagResource', { ResourceARN, TagKeys: removed }, context);
          if (set.length > 0) await api('TagResource', { ResourceARN, Tags: set }, context);
          return undefined;
        },
        async delete({ physicalId }, context) {
          await api('DeleteAlarms', { AlarmNames: [physicalId] }, context);
        },
      },
    ),
  };
}
