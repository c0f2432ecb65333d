import { z } from 'zod';
import { cfnBoolean, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';

const actions = z.array(z.string()).optional();

/** AWS::CloudWatch::CompositeAlarm and AWS::CloudWatch::Dashboard. */
export function compositeAlarmResources(api: ServiceApi, world: World): ResourceProviders {
  return {
    'AWS::CloudWatch::CompositeAlarm': resource(
      z.strictObject({
        AlarmName: z.string().optional(),
        AlarmDescription: z.string().optional(),
        AlarmRule: z.string(),
        ActionsEnabled: cfnBoolean.optional(),
        AlarmActions: actions,
        OKActions: actions,
        InsufficientDataActions: actions,
        Tags: cfnTags,
      }),
      async (properties, context) => {
        const AlarmName = properties.AlarmName ?? context.generatedName(255);
        await api('PutCompositeAlarm', { ...properties, AlarmName }, context);
        const Arn = arn(world.identity, 'cloudwatch', `alarm:${AlarmName}`);
        return { physicalId: AlarmName, attributes: { Arn } };
      },
      {
        replacedBy: ['AlarmName'],
        nameProperty: 'AlarmName',
        async update({ physicalId: AlarmName, attributes, properties, next }, context) {
          const { Tags, ...alarm } = next;
          await api('PutCompositeAlarm', { ...alarm, AlarmName }, context);
          const ResourceARN = String(attributes.Arn);
          await changeTags(properties.Tags, Tags, {
            set: (tags) => api('TagResource', { ResourceARN, Tags: tags }, context),
            remove: (TagKeys) => api('UntagResource', { ResourceARN, TagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId }, context) {
          await api('DeleteAlarms', { AlarmNames: [physicalId] }, context);
        },
      },
    ),
    'AWS::CloudWatch::Dashboard': resource(
      z.strictObject({ DashboardName: z.string().optional(), DashboardBody: z.string() }),
      async ({ DashboardBody, ...given }, context) => {
        const DashboardName = given.DashboardName ?? context.generatedName(255);
        await api('PutDashboard', { DashboardName, DashboardBody }, context);
        return { physicalId: DashboardName };
      },
      {
        replacedBy: ['DashboardName'],
        nameProperty: 'DashboardName',
        async update({ physicalId: DashboardName, next: { DashboardBody } }, context) {
          await api('PutDashboard', { DashboardName, DashboardBody }, context);
          return undefined;
        },
        async delete({ physicalId }, context) {
          await api('DeleteDashboards', { DashboardNames: [physicalId] }, context);
        },
      },
    ),
  };
}
