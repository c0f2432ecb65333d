import type {
  CreateServiceCommandInput,
  DeleteServiceCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { z } from 'zod';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { camelCase } from './camel-case.ts';
import type { EcsModel } from './model.ts';
import type { Service } from './state.ts';
import { serviceProperties } from './template-schemas.ts';
import { templateTags, updateTags } from './template-tags.ts';

type ServiceProperties = z.output<typeof serviceProperties>;

const longestName = 255;
const drainPollMs = 1_000;
/** Past the longest stop timeout of a task and the deregistration delay of its targets. */
const longestDrainMs = 3_600_000;

/** A service is created and updated once it is steady, and deleted once its tasks are gone. */
export function serviceResources(model: EcsModel, api: ServiceApi): ResourceProviders {
  const find = ({ Cluster }: ServiceProperties, arn: string): Service =>
    model.services.get(model.clusters.get(Cluster), arn);
  return {
    'AWS::ECS::Service': resource(
      serviceProperties,
      async (properties, context) => {
        const { Tags, ServiceName } = properties;
        const service = model.createService(
          {
            ...(shared(properties) as Partial<CreateServiceCommandInput>),
            ...(createOnly(properties) as Partial<CreateServiceCommandInput>),
            serviceName: ServiceName ?? context.generatedName(longestName),
            tags: templateTags(Tags),
          },
          context.caller,
        );
        context.step?.initiated(service.arn);
        await model.serviceIsSteady(service);
        return {
          physicalId: service.arn,
          attributes: { Name: service.name, ServiceArn: service.arn },
        };
      },
      {
        // DeploymentController can be changed since July 2025 (aws-facts 2.3); the simulator refuses it.
        replacedBy: ['Cluster', 'LaunchType', 'SchedulingStrategy', 'ServiceName', 'Role'],
        nameProperty: 'ServiceName',
        async update({ physicalId, properties, next }, context) {
          // All properties are sent, changed or not: under CODE_DEPLOY UpdateService then refuses (aws-facts 2.3).
          await api<UpdateServiceCommandInput>(
            'UpdateService',
            { ...(shared(next) as UpdateServiceCommandInput), service: physicalId },
            context,
          );
          await updateTags(api, context, physicalId, properties.Tags, next.Tags);
          await model.serviceIsSteady(find(next, physicalId));
          return undefined;
        },
        async delete({ physicalId, properties }, context) {
          const service = find(properties, physicalId);
          if (service.status === 'INACTIVE') return;
          await api<DeleteServiceCommandInput>(
            'DeleteService',
            { cluster: service.cluster.arn, service: physicalId, force: true },
            context,
          );
          await drained(service, context);
        },
      },
    ),
  };
}

async function drained(service: Service, { world }: ResourceContext): Promise<void> {
  const latestMs = world.clock.now() + longestDrainMs;
  while (service.status !== 'INACTIVE') {
    if (world.clock.now() > latestMs) {
      throw new Error(`Service ${service.name} did not drain within an hour`);
    }
    await world.clock.sleep(drainPollMs);
  }
}

/** Members that CreateService and UpdateService have in common. */
function shared(properties: ServiceProperties): unknown {
  const {
    Tags: _tags,
    ServiceName: _name,
    LaunchType: _launchType,
    SchedulingStrategy: _strategy,
    DeploymentController: _controller,
    Role: _role,
    PlacementStrategies: placementStrategy,
    ...others
  } = properties;
  return {
    ...(camelCase(others) as object),
    ...(placementStrategy && { placementStrategy: camelCase(placementStrategy) }),
  };
}

function createOnly({
  LaunchType,
  SchedulingStrategy,
  DeploymentController,
  Role,
}: ServiceProperties) {
  return camelCase({
    ...(Role && { Role }),
    ...(LaunchType !== undefined && { LaunchType }),
    ...(SchedulingStrategy !== undefined && { SchedulingStrategy }),
    ...(DeploymentController && { DeploymentController }),
  });
}
