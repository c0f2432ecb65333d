import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import type { World } from '../core/world.ts';
import { metricFilterResources } from './metric-filter-resources.ts';
import type { LogsModel } from './model.ts';
import { resourcePolicyResources } from './resource-policy-resources.ts';
import { logsWire } from './wire.ts';

const logGroupProperties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: cfnNumber.optional(),
  LogGroupClass: z.literal('STANDARD').optional(),
  /** Accepted: nothing is encrypted. */
  KmsKeyId: z.string().optional(),
  Tags: cfnTags,
});

export function logsResources(model: LogsModel, world: World): ResourceProviders {
  const api = serviceApi(() => logsWire(model, world));
  return {
    ...metricFilterResources(api),
    ...resourcePolicyResources(api),
    'AWS::Logs::LogGroup': resource(
      logGroupProperties,
      (properties, context) => {
        const name = properties.LogGroupName ?? context.generatedName(512);
        const group = model.createGroup(name, properties.RetentionInDays);
        return { physicalId: name, attributes: { Arn: `${group.arn}:*` } };
      },
      {
        replacedBy: ['LogGroupName', 'LogGroupClass'],
        nameProperty: 'LogGroupName',
        async update({ physicalId: logGroupName, attributes, properties, next }, context) {
          const { RetentionInDays: retentionInDays } = next;
          if (retentionInDays === undefined) {
            await api('DeleteRetentionPolicy', { logGroupName }, context);
          } else {
            await api('PutRetentionPolicy', { logGroupName, retentionInDays }, context);
          }
          const resourceArn = String(attributes.Arn).replace(/:\*$/, '');
          const { set, removed } = tagChanges(properties.Tags, next.Tags);
          if (removed.length > 0) {
            await api('UntagResource', { resourceArn, tagKeys: removed }, context);
          }
          if (set.length > 0) {
            const tags = Object.fromEntries(set.map(({ Key, Value }) => [Key, Value]));
            await api('TagResource', { resourceArn, tags }, context);
          }
          return undefined;
        },
        async delete({ physicalId: logGroupName }, context) {
          await api('DeleteLogGroup', { logGroupName }, context);
        },
      },
    ),
  };
}
