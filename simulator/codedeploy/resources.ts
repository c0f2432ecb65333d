import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import { deploymentGroupProperties, toGroupInput } from './group-properties.ts';
import type { CodeDeployModel } from './model.ts';

const applicationProperties = z.strictObject({
  ApplicationName: z.string().optional(),
  ComputePlatform: z.string().optional(),
  Tags: cfnTags,
});

const configProperties = z.strictObject({
  DeploymentConfigName: z.string().optional(),
  ComputePlatform: z.literal('ECS'),
  TrafficRoutingConfig: z.strictObject({
    Type: z.enum(['AllAtOnce', 'TimeBasedCanary', 'TimeBasedLinear']),
    TimeBasedCanary: z
      .strictObject({ CanaryPercentage: cfnNumber, CanaryInterval: cfnNumber })
      .optional(),
    TimeBasedLinear: z
      .strictObject({ LinearPercentage: cfnNumber, LinearInterval: cfnNumber })
      .optional(),
  }),
});

export function codedeployResources(model: CodeDeployModel, _world: World): ResourceProviders {
  return {
    'AWS::CodeDeploy::Application': resource(applicationProperties, (properties, context) => {
      const name = properties.ApplicationName ?? context.generatedName(100);
      model.applications.create(name, properties.ComputePlatform, properties.Tags);
      return { physicalId: name };
    }),

    'AWS::CodeDeploy::DeploymentConfig': resource(configProperties, (properties, context) => {
      const { Type, TimeBasedCanary, TimeBasedLinear } = properties.TrafficRoutingConfig;
      const name = properties.DeploymentConfigName ?? context.generatedName(100);
      model.configs.create(name, {
        type: Type,
        ...(TimeBasedCanary && {
          timeBasedCanary: {
            canaryPercentage: TimeBasedCanary.CanaryPercentage,
            canaryInterval: TimeBasedCanary.CanaryInterval,
          },
        }),
        ...(TimeBasedLinear && {
          timeBasedLinear: {
            linearPercentage: TimeBasedLinear.LinearPercentage,
            linearInterval: TimeBasedLinear.LinearInterval,
          },
        }),
      });
      return { physicalId: name };
    }),

    'AWS::CodeDeploy::DeploymentGroup': resource(
      deploymentGroupProperties,
      (properties, context) => {
        const name = properties.DeploymentGroupName ?? context.generatedName(100);
        model.applications.createGroup(toGroupInput(properties, name));
        return { physicalId: name };
      },
    ),
  };
}
