import type {
  DescribeCapacityProvidersCommandInput,
  DescribeCapacityProvidersCommandOutput,
  DescribeContainerInstancesCommandInput,
  DescribeContainerInstancesCommandOutput,
  ListContainerInstancesCommandInput,
  ListContainerInstancesCommandOutput,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { invalidParameter } from './service-rules.ts';

/** Those that every account has; providers of one's own belong to EC2 capacity, which is not modelled. */
const fargateProviders = ['FARGATE', 'FARGATE_SPOT'];

/** What tasks run on: Fargate, thus never a container instance. */
export function capacityOperations(model: EcsModel): WireService['operations'] {
  return {
    ListContainerInstances: operation<
      ListContainerInstancesCommandInput,
      ListContainerInstancesCommandOutput
    >(['cluster', 'filter', 'nextToken', 'maxResults', 'status'], ({ cluster }) => {
      model.clusters.get(cluster);
      return { containerInstanceArns: [] };
    }),
    DescribeContainerInstances: operation<
      DescribeContainerInstancesCommandInput,
      DescribeContainerInstancesCommandOutput
    >(['cluster', 'containerInstances', 'include'], ({ cluster, containerInstances = [] }) => {
      const { name } = model.clusters.get(cluster);
      if (containerInstances.length === 0) {
        throw invalidParameter('Container instances cannot be empty.');
      }
      return {
        containerInstances: [],
        failures: containerInstances.map((reference) =>
          missing(reference, (id) =>
            arn(model.identity, 'ecs', `container-instance/${name}/${id}`),
          ),
        ),
      };
    }),
    DescribeCapacityProviders: operation<
      DescribeCapacityProvidersCommandInput,
      DescribeCapacityProvidersCommandOutput
    >(['capacityProviders', 'include', 'maxResults', 'nextToken'], (input) => {
      const arnOf = (name: string) => arn(model.identity, 'ecs', `capacity-provider/${name}`);
      const wanted = input.capacityProviders?.length ? input.capacityProviders : fargateProviders;
      const known = wanted.filter((reference) =>
        fargateProviders.some((name) => name === reference || arnOf(name) === reference),
      );
      const { items, ...next } = page(known, input, { standard: 10, greatest: 10 });
      return {
        capacityProviders: items.map((reference) => {
          const name = reference.replace(/^.*\//, '');
          return { capacityProviderArn: arnOf(name), name, status: 'ACTIVE', tags: [] };
        }),
        failures: wanted
          .filter((reference) => !known.includes(reference))
          .map((reference) => missing(reference, arnOf)),
        ...next,
      };
    }),
  };
}
