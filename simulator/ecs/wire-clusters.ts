import type {
  CreateClusterCommandInput,
  CreateClusterCommandOutput,
  DeleteClusterCommandInput,
  DeleteClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { describeCluster } from './describe-service.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { tagMap } from './tags.ts';

export function clusterOperations(model: EcsModel): WireService['operations'] {
  const { clusters } = model;
  return {
    CreateCluster: operation<CreateClusterCommandInput, CreateClusterCommandOutput>(
      ['clusterName', 'settings', 'tags', 'capacityProviders'],
      (input) => {
        const cluster = clusters.create({
          name: input.clusterName,
          settings: input.settings?.map(({ name = 'containerInsights', value = 'disabled' }) => ({
            name,
            value,
          })),
          capacityProviders: input.capacityProviders,
          tags: tagMap(input.tags),
        });
        return { cluster: describeCluster(model, cluster, ['SETTINGS', 'TAGS']) };
      },
    ),
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
        const described = describeCluster(model, cluster, ['SETTINGS', 'TAGS']);
        clusters.delete(cluster);
        return { cluster: { ...described, status: 'INACTIVE' } };
      },
    ),
    DescribeClusters: operation<DescribeClustersCommandInput, DescribeClustersCommandOutput>(
      ['clusters', 'include'],
      (input) => {
        const references = input.clusters?.length ? input.clusters : ['default'];
        const found = references.map((reference) => ({
          reference,
          cluster: clusters.find(reference),
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
