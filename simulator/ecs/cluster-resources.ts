import type {
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DeleteClusterCommandInput,
  PutClusterCapacityProvidersCommandInput,
  UpdateClusterCommandInput,
} from '@aws-sdk/client-ecs';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { camelCase } from './camel-case.ts';
import { capacityAssociationProperties, clusterProperties } from './template-schemas.ts';
import { templateTags, updateTags } from './template-tags.ts';

const longestName = 255;

/** "Update requires" as in the documentation of AWS::ECS::Cluster and …::ClusterCapacityProviderAssociations. */
export function clusterResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::ECS::Cluster': resource(
      clusterProperties,
      async ({ ClusterName, Tags, ...others }, context) => {
        const { ClusterSettings, ...rest } = others;
        const { cluster } = await api<CreateClusterCommandInput, CreateClusterCommandOutput>(
          'CreateCluster',
          {
            ...(camelCase(rest) as CreateClusterCommandInput),
            ...(ClusterSettings && {
              settings: camelCase(ClusterSettings) as CreateClusterCommandInput['settings'],
            }),
            clusterName: ClusterName ?? context.generatedName(longestName),
            tags: templateTags(Tags),
          },
          context,
        );
        return {
          physicalId: cluster?.clusterName ?? '',
          attributes: { Arn: cluster?.clusterArn },
        };
      },
      {
        replacedBy: ['ClusterName'],
        nameProperty: 'ClusterName',
        async update({ physicalId, attributes, properties, next }, context) {
          const { ClusterSettings, Configuration, ServiceConnectDefaults } = next;
          await api<UpdateClusterCommandInput>(
            'UpdateCluster',
            {
              cluster: physicalId,
              settings: camelCase(ClusterSettings ?? []) as UpdateClusterCommandInput['settings'],
              ...(camelCase({ Configuration, ServiceConnectDefaults }) as object),
            },
            context,
          );
          if (next.CapacityProviders || properties.CapacityProviders) {
            const { CapacityProviders = [], DefaultCapacityProviderStrategy = [] } = next;
            await putProviders(api, context, physicalId, {
              CapacityProviders,
              DefaultCapacityProviderStrategy,
            });
          }
          await updateTags(api, context, String(attributes.Arn), properties.Tags, next.Tags);
        },
        async delete({ physicalId }, context) {
          await api<DeleteClusterCommandInput>('DeleteCluster', { cluster: physicalId }, context);
        },
      },
    ),
    'AWS::ECS::ClusterCapacityProviderAssociations': resource(
      capacityAssociationProperties,
      async ({ Cluster, ...capacity }, context) => {
        await putProviders(api, context, Cluster, capacity);
        return { physicalId: Cluster };
      },
      {
        replacedBy: ['Cluster'],
        async update({ physicalId, next: { Cluster: _same, ...capacity } }, context) {
          await putProviders(api, context, physicalId, capacity);
        },
        async delete({ physicalId }, context) {
          await putProviders(api, context, physicalId, {
            CapacityProviders: [],
            DefaultCapacityProviderStrategy: [],
          });
        },
      },
    ),
  };
}

async function putProviders(
  api: ServiceApi,
  context: Parameters<ServiceApi>[2],
  cluster: string,
  capacity: { CapacityProviders: string[]; DefaultCapacityProviderStrategy: unknown[] },
): Promise<void> {
  await api<PutClusterCapacityProvidersCommandInput>(
    'PutClusterCapacityProviders',
    { ...(camelCase(capacity) as PutClusterCapacityProvidersCommandInput), cluster },
    context,
  );
}
