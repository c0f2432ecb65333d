import type {
  CreateTaskSetCommandInput,
  CreateTaskSetCommandOutput,
  DeleteTaskSetCommandInput,
  DescribeTaskSetsCommandInput,
  DescribeTaskSetsCommandOutput,
  UpdateServicePrimaryTaskSetCommandInput,
  UpdateTaskSetCommandInput,
} from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { camelCase } from './camel-case.ts';
import { capacityStrategy, loadBalancers, networkConfiguration } from './template-schemas.ts';
import { templateTags, updateTags } from './template-tags.ts';

const drainPollMs = 1_000;
/** Past the longest stop timeout of a task and the deregistration delay of its targets. */
const longestDrainMs = 3_600_000;

const taskSetProperties = z.strictObject({
  Cluster: z.string(),
  Service: z.string(),
  TaskDefinition: z.string(),
  CapacityProviderStrategy: capacityStrategy.optional(),
  ExternalId: z.string().optional(),
  LaunchType: z.string().optional(),
  LoadBalancers: loadBalancers.optional(),
  NetworkConfiguration: networkConfiguration.optional(),
  PlatformVersion: z.string().optional(),
  Scale: z.strictObject({ Unit: z.string().optional(), Value: cfnNumber.optional() }).optional(),
  ServiceRegistries: z
    .undefined({ error: 'service registries of task sets are not modelled' })
    .optional(),
  Tags: cfnTags,
});

const primaryProperties = z.strictObject({
  Cluster: z.string(),
  Service: z.string(),
  TaskSetId: z.string(),
});

/** Task sets of services with an EXTERNAL controller; "Update requires" as in the types' documentation. */
export function taskSetResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::ECS::TaskSet': resource(
      taskSetProperties,
      async ({ Tags, ...properties }, context) => {
        const { taskSet } = await api<CreateTaskSetCommandInput, CreateTaskSetCommandOutput>(
          'CreateTaskSet',
          {
            ...(camelCase(properties) as CreateTaskSetCommandInput),
            tags: templateTags(Tags),
          },
          context,
        );
        const { Cluster, Service } = properties;
        const id = taskSet?.id ?? '';
        return { physicalId: `${Cluster}|${Service}|${id}`, attributes: { Id: id } };
      },
      {
        replacedBy: [
          'Cluster',
          'Service',
          'TaskDefinition',
          'CapacityProviderStrategy',
          'ExternalId',
          'LaunchType',
          'LoadBalancers',
          'NetworkConfiguration',
          'PlatformVersion',
          'ServiceRegistries',
        ],
        async update({ attributes, properties, next }, context) {
          const reference = { cluster: next.Cluster, service: next.Service };
          const taskSet = String(attributes.Id);
          const scale = camelCase(next.Scale ?? {}) as UpdateTaskSetCommandInput['scale'];
          await api<UpdateTaskSetCommandInput>(
            'UpdateTaskSet',
            { ...reference, taskSet, scale },
            context,
          );
          const [found] = await describe(api, { ...reference, taskSets: [taskSet] }, context);
          await updateTags(api, context, found?.taskSetArn ?? '', properties.Tags, next.Tags);
          return undefined;
        },
        async delete({ attributes, properties: { Cluster, Service } }, context) {
          const reference = { cluster: Cluster, service: Service };
          const taskSet = String(attributes.Id);
          const isThere = async () =>
            (await describe(api, { ...reference, taskSets: [taskSet] }, context)).length > 0;
          if (!(await isThere())) return;
          await api<DeleteTaskSetCommandInput>(
            'DeleteTaskSet',
            { ...reference, taskSet, force: true },
            context,
          );
          const { clock } = context.world;
          const latestMs = clock.now() + longestDrainMs;
          while (await isThere()) {
            if (clock.now() > latestMs) throw new Error(`${taskSet} did not drain within an hour`);
            await clock.sleep(drainPollMs);
          }
        },
      },
    ),
    'AWS::ECS::PrimaryTaskSet': resource(
      primaryProperties,
      async (properties, context) => {
        await makePrimary(api, properties, context);
        const { Cluster, Service } = properties;
        return { physicalId: `${Cluster}|${Service}` };
      },
      {
        replacedBy: ['Cluster', 'Service'],
        async update({ next }, context) {
          await makePrimary(api, next, context);
          return undefined;
        },
        // Nothing is undone: a service keeps the primary task set that it has.
        delete() {},
      },
    ),
  };
}

async function makePrimary(
  api: ServiceApi,
  { Cluster, Service, TaskSetId }: z.output<typeof primaryProperties>,
  context: ResourceContext,
): Promise<void> {
  await api<UpdateServicePrimaryTaskSetCommandInput>(
    'UpdateServicePrimaryTaskSet',
    { cluster: Cluster, service: Service, primaryTaskSet: TaskSetId },
    context,
  );
}

async function describe(
  api: ServiceApi,
  input: DescribeTaskSetsCommandInput,
  context: ResourceContext,
) {
  const { taskSets = [] } = await api<DescribeTaskSetsCommandInput, DescribeTaskSetsCommandOutput>(
    'DescribeTaskSets',
    input,
    context,
  );
  return taskSets;
}
