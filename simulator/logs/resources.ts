import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { LogsModel } from './model.ts';

const logGroupProperties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: cfnNumber.optional(),
  Tags: cfnTags,
});

export function logsResources(model: LogsModel, _world: World): ResourceProviders {
  return {
    'AWS::Logs::LogGroup': resource(logGroupProperties, (properties, context) => {
      const name = properties.LogGroupName ?? context.generatedName(512);
      const group = model.createGroup(name, properties.RetentionInDays);
      return { physicalId: name, attributes: { Arn: `${group.arn}:*` } };
    }),
  };
}
