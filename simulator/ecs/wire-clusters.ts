import type {
  ClusterField,
  ClusterSetting,
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DeleteClusterCommandInput,
  DeleteClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
  PutClusterCapacityProvidersCommandInput,
  PutClusterCapacityProvidersCommandOutput,
  UpdateClusterCommandInput,
  UpdateClusterCommandOutput,
  UpdateClusterSettingsCommandInput,
  UpdateClusterSettingsCommandOutput,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { Cluster } from './cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { invalidParameter } from './service-rules.ts';
import { tagMap } from './tags.ts';

const mostDescribed = 100;
const everything: readonly ClusterField[] = ['CONFIGURATIONS', 'SETTINGS', 'TAGS'];

export function clusterOperations(model: EcsModel): WireService['operations'] {
  const { clusters } = model;
  const whole = (cluster: Cluster) => ({ cluster: describeCluster(model, cluster, everything) });
  return {
    CreateCluster: operation<CreateClusterCommandInput, CreateClusterCommandOutput>(
      [
        'capacityProviders',
        'clusterName',
        'configuration',
        'defaultCapacityProviderStrategy',
        'serviceConnectDefaults',
        'settings',
        'tags',
      ],
      (input) =>
        whole(
          clusters.create({
            ...input,
            name: input.clusterName,
            settings: settingsOf(input.settings),
            tags: tagMap(input.tags),
          }),
        ),
    ),
    UpdateCluster: operation<UpdateClusterCommandInput, UpdateClusterCommandOutput>(
      ['cluster', 'configuration', 'serviceConnectDefaults', 'settings'],
      (input) => {
        const cluster = clusters.get(input.cluster);
        clusters.update(cluster, { ...input, settings: settingsOf(input.settings) });
        return whole(cluster);
      },
    ),
    UpdateClusterSettings: operation<
      UpdateClusterSettingsCommandInput,
      UpdateClusterSettingsCommandOutput
    >(['cluster', 'settings'], (input) => {
      const cluster = clusters.get(input.cluster);
      clusters.update(cluster, { settings: settingsOf(input.settings) });
      return whole(cluster);
    }),
    PutClusterCapacityProviders: operation<
      PutClusterCapacityProvidersCommandInput,
      PutClusterCapacityProvidersCommandOutput
    >(['capacityProviders', 'cluster', 'defaultCapacityProviderStrategy'], (input) => {
      const cluster = clusters.get(input.cluster);
      clusters.putCapacityProviders(
        cluster,
        input.capacityProviders ?? [],
        input.defaultCapacityProviderStrategy ?? [],
        new Set(
          model.tasks
            .ofCluster(cluster)
            .filter(({ isStopping }) => !isStopping)
            .flatMap(({ launch }) => launch.capacityProviderName ?? []),
        ),
      );
      return whole(cluster);
    }),
    DeleteCluster: operation<DeleteClusterCommandInput, DeleteClusterCommandOutput>(
      ['cluster'],
      (input) => {
        const cluster = clusters.get(input.cluster);
        if (model.services.ofCluster(cluster).some(({ status }) => status !== 'INACTIVE')) {
          throw new AwsError(
            'ClusterContainsServicesException',
            'The Cluster cannot be deleted while Services are active.',
          );
        }
        if (model.tasks.ofCluster(cluster).some(({ lastStatus }) => lastStatus !== 'STOPPED')) {
          throw new AwsError(
            'ClusterContainsTasksException',
            'The Cluster cannot be deleted while Tasks are active.',
          );
        }
        if (model.placements.instances.ofCluster(cluster).length > 0) {
          throw new AwsError(
            'ClusterContainsContainerInstancesException',
            'The Cluster cannot be deleted while Container Instances are active or draining.',
          );
        }
        clusters.delete(cluster);
        return whole(cluster);
      },
    ),
    DescribeClusters: operation<DescribeClustersCommandInput, DescribeClustersCommandOutput>(
      ['clusters', 'include'],
      (input) => {
        const references = input.clusters?.length ? input.clusters : ['default'];
        if (references.length > mostDescribed) {
          throw invalidParameter(`Clusters cannot have more than ${mostDescribed} elements.`);
        }
        const found = references.map((reference) => ({
          reference,
          cluster: clusters.findAny(reference),
        }));
        return {
          clusters: found.flatMap(({ cluster }) =>
            cluster ? [describeCluster(model, cluster, input.include ?? [])] : [],
          ),
          failures: found
            .filter(({ cluster }) => !cluster)
            .map(({ reference }) =>
              missing(reference, (name) => arn(model.identity, 'ecs', `cluster/${name}`)),
            ),
        };
      },
    ),
    ListClusters: operation<ListClustersCommandInput, ListClustersCommandOutput>(
      ['nextToken', 'maxResults'],
      (input) => {
        const { items, ...next } = page(clusters.all(), input, { standard: 100, greatest: 100 });
        return { clusterArns: items.map((cluster) => cluster.arn), ...next };
      },
    ),
  };
}

function settingsOf(settings: readonly ClusterSetting[] | undefined) {
  return settings?.map(({ name = 'containerInsights', value = 'disabled' }) => ({ name, value }));
}
