import type {
  DeregisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { camelCase } from './camel-case.ts';
import type { EcsModel } from './model.ts';
import { taskDefinitionProperties } from './template-schemas.ts';
import { templateTags, updateTags } from './template-tags.ts';

const longestFamily = 255;

/** Every change but one of tags registers a revision, and the one before is deregistered (aws-facts 2.1). */
export function taskDefinitionResources(model: EcsModel, api: ServiceApi): ResourceProviders {
  return {
    'AWS::ECS::TaskDefinition': resource(
      taskDefinitionProperties,
      (properties, context) => {
        const { ContainerDefinitions, Tags, Family, ...others } = properties;
        const registered = model.taskDefinitions.register(
          {
            ...(camelCase(others) as Partial<RegisterTaskDefinitionCommandInput>),
            family: Family ?? context.generatedName(longestFamily),
            containerDefinitions: ContainerDefinitions,
            tags: templateTags(Tags),
          },
          context.caller,
        );
        return { physicalId: registered.arn, attributes: { TaskDefinitionArn: registered.arn } };
      },
      {
        replacedBy: [
          'ContainerDefinitions',
          'Cpu',
          'EnableFaultInjection',
          'EphemeralStorage',
          'ExecutionRoleArn',
          'Family',
          'InferenceAccelerators',
          'IpcMode',
          'Memory',
          'NetworkMode',
          'PidMode',
          'PlacementConstraints',
          'ProxyConfiguration',
          'RequiresCompatibilities',
          'RuntimePlatform',
          'TaskRoleArn',
          'Volumes',
        ],
        async update({ physicalId, properties, next }, context) {
          await updateTags(api, context, physicalId, properties.Tags, next.Tags);
          return undefined;
        },
        async delete({ physicalId }, context) {
          await api<DeregisterTaskDefinitionCommandInput>(
            'DeregisterTaskDefinition',
            { taskDefinition: physicalId },
            context,
          );
        },
      },
    ),
  };
}
