import type {
  CreateCapacityProviderCommandInput,
  DeleteCapacityProviderCommandInput,
  UpdateCapacityProviderCommandInput,
} from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../../cloudformation/service-api.ts';
import { camelCase } from '../camel-case.ts';
import { templateTags, updateTags } from '../template-tags.ts';

const longestName = 255;

const properties = z.strictObject({
  Name: z.string().optional(),
  AutoScalingGroupProvider: z.strictObject({
    AutoScalingGroupArn: z.string(),
    ManagedScaling: z
      .strictObject({
        Status: z.string().optional(),
        TargetCapacity: cfnNumber.optional(),
        MinimumScalingStepSize: cfnNumber.optional(),
        MaximumScalingStepSize: cfnNumber.optional(),
        InstanceWarmupPeriod: cfnNumber.optional(),
      })
      .optional(),
    ManagedTerminationProtection: z.string().optional(),
    ManagedDraining: z.string().optional(),
  }),
  Tags: cfnTags,
});

/** "Update requires" as in the documentation of AWS::ECS::CapacityProvider. */
export function capacityProviderResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::ECS::CapacityProvider': resource(
      properties,
      async ({ Name, AutoScalingGroupProvider, Tags }, context) => {
        const name = Name ?? context.generatedName(longestName);
        await api<CreateCapacityProviderCommandInput>(
          'CreateCapacityProvider',
          {
            name,
            autoScalingGroupProvider: camelCase(
              AutoScalingGroupProvider,
            ) as CreateCapacityProviderCommandInput['autoScalingGroupProvider'],
            tags: templateTags(Tags),
          },
          context,
        );
        return { physicalId: name };
      },
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        async update({ physicalId, properties: before, next }, context) {
          const { AutoScalingGroupArn: _same, ...changes } = next.AutoScalingGroupProvider;
          await api<UpdateCapacityProviderCommandInput>(
            'UpdateCapacityProvider',
            {
              name: physicalId,
              autoScalingGroupProvider: camelCase(
                changes,
              ) as UpdateCapacityProviderCommandInput['autoScalingGroupProvider'],
            },
            context,
          );
          const arn = `arn:aws:ecs:${context.world.identity.region}:${context.world.identity.accountId}:capacity-provider/${physicalId}`;
          await updateTags(api, context, arn, before.Tags, next.Tags);
          return undefined;
        },
        async delete({ physicalId }, context) {
          await api<DeleteCapacityProviderCommandInput>(
            'DeleteCapacityProvider',
            { capacityProvider: physicalId },
            context,
          );
        },
      },
    ),
  };
}
