import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import { deploymentGroupProperties, toGroupInput } from './group-properties.ts';
import type { CodeDeployModel } from './model.ts';
import { codedeployWire } from './wire.ts';

type Tags = z.output<typeof cfnTags>;

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

/** Resource types of CodeDeploy: configurations are replaced on every change, groups on that of their application. */
export function codedeployResources(model: CodeDeployModel, world: World): ResourceProviders {
  const api = serviceApi(() => codedeployWire(model, world));
  const retag = async (
    resource: string,
    { properties, next }: { properties: { Tags?: Tags }; next: { Tags?: Tags } },
    context: ResourceContext,
  ) => {
    const ResourceArn = arn(world.identity, 'codedeploy', resource);
    const { set, removed } = tagChanges(properties.Tags, next.Tags);
    if (removed.length > 0) {
      await api('UntagResource', { ResourceArn, TagKeys: removed }, context);
    }
    if (set.length > 0) await api('TagResource', { ResourceArn, Tags: set }, context);
  };
  return {
    'AWS::CodeDeploy::Application': resource(
      applicationProperties,
      (properties, context) => {
        const name = properties.ApplicationName ?? context.generatedName(100);
        model.applications.create(name, properties.ComputePlatform, properties.Tags);
        return { physicalId: name };
      },
      {
        replacedBy: ['ApplicationName', 'ComputePlatform'],
        nameProperty: 'ApplicationName',
        async update(change, context) {
          await retag(`application:${change.physicalId}`, change, context);
          return undefined;
        },
        async delete({ physicalId: applicationName }, context) {
          await api('DeleteApplication', { applicationName }, context);
        },
      },
    ),

    'AWS::CodeDeploy::DeploymentConfig': resource(
      configProperties,
      (properties, context) => {
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
      },
      {
        replacedBy: 'all',
        nameProperty: 'DeploymentConfigName',
        async delete({ physicalId: deploymentConfigName }, context) {
          await api('DeleteDeploymentConfig', { deploymentConfigName }, context);
        },
      },
    ),

    'AWS::CodeDeploy::DeploymentGroup': resource(
      deploymentGroupProperties,
      (properties, context) => {
        const name = properties.DeploymentGroupName ?? context.generatedName(100);
        model.applications.createGroup(toGroupInput(properties, name));
        return { physicalId: name };
      },
      {
        replacedBy: ['ApplicationName'],
        async update(change, context) {
          const { physicalId, next } = change;
          const { Tags: _tags, DeploymentGroupName = physicalId, ...rest } = next;
          const { deploymentGroupName: _name, ...input } = toGroupInput(rest, physicalId);
          const renamed = DeploymentGroupName !== physicalId;
          await api(
            'UpdateDeploymentGroup',
            {
              ...input,
              currentDeploymentGroupName: physicalId,
              ...(renamed && { newDeploymentGroupName: DeploymentGroupName }),
            },
            context,
          );
          const group = `deploymentgroup:${next.ApplicationName}/${DeploymentGroupName}`;
          await retag(group, change, context);
          return { physicalId: DeploymentGroupName };
        },
        async delete({ physicalId: deploymentGroupName, properties }, context) {
          const applicationName = properties.ApplicationName;
          await api('DeleteDeploymentGroup', { applicationName, deploymentGroupName }, context);
        },
      },
    ),
  };
}
