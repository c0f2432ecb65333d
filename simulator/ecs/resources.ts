import type {
  CreateServiceCommandInput,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import { camelCase } from './camel-case.ts';
import type { EcsModel } from './model.ts';
import { tagMap } from './tags.ts';
import {
  clusterProperties,
  serviceProperties,
  taskDefinitionProperties,
} from './template-schemas.ts';

const longestName = 255;
const caller = 'cloudformation';

/** The ECS resource types of a template; a service is created once its first task set is steady. */
export function ecsResources(model: EcsModel, _world: World): ResourceProviders {
  return {
    'AWS::ECS::Cluster': resource(clusterProperties, (properties, context) => {
      const cluster = model.clusters.create({
        name: properties.ClusterName ?? context.generatedName(longestName),
        settings: properties.ClusterSettings?.map(({ Name, Value }) => ({
          name: Name,
          value: Value,
        })),
        capacityProviders: properties.CapacityProviders,
        tags: tagMap(templateTags(properties.Tags)),
      });
      return { physicalId: cluster.name, attributes: { Arn: cluster.arn } };
    }),
    'AWS::ECS::TaskDefinition': resource(taskDefinitionProperties, (properties, context) => {
      const { ContainerDefinitions, Tags, Family, ...others } = properties;
      const registered = model.taskDefinitions.register(
        {
          ...(camelCase(others) as Partial<RegisterTaskDefinitionCommandInput>),
          family: Family ?? context.generatedName(longestName),
          containerDefinitions: ContainerDefinitions,
          tags: templateTags(Tags),
        },
        caller,
      );
      return { physicalId: registered.arn, attributes: { TaskDefinitionArn: registered.arn } };
    }),
    'AWS::ECS::Service': resource(serviceProperties, async (properties, context) => {
      const { Tags, ServiceName, ...others } = properties;
      const service = model.createService(
        {
          ...(camelCase(others) as Partial<CreateServiceCommandInput>),
          serviceName: ServiceName ?? context.generatedName(longestName),
          tags: templateTags(Tags),
        },
        caller,
      );
      await model.serviceIsSteady(service);
      return {
        physicalId: service.arn,
        attributes: { Name: service.name, ServiceArn: service.arn },
      };
    }),
  };
}

function templateTags(tags: readonly { Key: string; Value: string }[] | undefined) {
  return (tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
}
