import type { Target } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { cfnJson, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { EventsModel } from './model.ts';
import { readTarget } from './read-target.ts';

/** AWS::Events::Rule; schedules and input transformers are not modelled. */
const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().max(512).optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.union([cfnJson, z.string()]),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  RoleArn: z.string().optional(),
  Targets: z
    .array(
      z.strictObject({
        Id: z.string(),
        Arn: z.string(),
        RoleArn: z.string().optional(),
        Input: z.string().optional(),
        InputPath: z.string().optional(),
        DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
        RetryPolicy: z
          .strictObject({
            MaximumRetryAttempts: cfnNumber.optional(),
            MaximumEventAgeInSeconds: cfnNumber.optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  Tags: cfnTags,
});

export function eventsResources(model: EventsModel, _world: World): ResourceProviders {
  return {
    'AWS::Events::Rule': resource(ruleProperties, (properties, context) => {
      model.requireDefaultBus(properties.EventBusName);
      const { EventPattern } = properties;
      const rule = model.rules.put({
        name: properties.Name ?? context.generatedName(64),
        eventPattern:
          typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern),
        description: properties.Description,
        roleArn: properties.RoleArn,
        state: properties.State,
        tags: properties.Tags,
      });
      for (const target of properties.Targets ?? []) rule.putTarget(readTarget(target as Target));
      const { name, arn } = rule.definition;
      return { physicalId: name, attributes: { Arn: arn } };
    }),
  };
}
