import type {
  CapacityProvider as CapacityProviderShape,
  CreateCapacityProviderCommandInput,
  CreateCapacityProviderCommandOutput,
  DeleteCapacityProviderCommandInput,
  DeleteCapacityProviderCommandOutput,
  DescribeCapacityProvidersCommandInput,
  DescribeCapacityProvidersCommandOutput,
  UpdateCapacityProviderCommandInput,
  UpdateCapacityProviderCommandOutput,
} from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { fargateProviders } from './capacity-strategy.ts';
import type { CapacityProvider } from './instances/capacity-providers.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { invalidParameter } from './service-rules.ts';
import { tagList, tagMap } from './tags.ts';

/** Fargate's two capacity providers, and those of Auto Scaling groups. */
export function capacityOperations(model: EcsModel): WireService['operations'] {
  const { clusters, placements } = model;
  const { providers } = placements;
  const arnOf = (name: string) => arn(model.identity, 'ecs', `capacity-provider/${name}`);
  const fargate = (reference: string): CapacityProviderShape | undefined => {
    const name = fargateProviders.find(
      (known) => known === reference || arnOf(known) === reference,
    );
    return name && { capacityProviderArn: arnOf(name), name, status: 'ACTIVE', tags: [] };
  };
  return {
    CreateCapacityProvider: operation<
      CreateCapacityProviderCommandInput,
      CreateCapacityProviderCommandOutput
    >(['autoScalingGroupProvider', 'name', 'tags'], (input) => {
      const { name = '', autoScalingGroupProvider: settings, tags } = input;
      if (!settings) throw invalidParameter('An Auto Scaling group provider must be specified.');
      return { capacityProvider: describe(providers.create(name, settings, tagMap(tags)), true) };
    }),
    UpdateCapacityProvider: operation<
      UpdateCapacityProviderCommandInput,
      UpdateCapacityProviderCommandOutput
    >(['autoScalingGroupProvider', 'name'], ({ name = '', autoScalingGroupProvider }) => ({
      capacityProvider: describe(providers.update(name, autoScalingGroupProvider ?? {}), false),
    })),
    DeleteCapacityProvider: operation<
      DeleteCapacityProviderCommandInput,
      DeleteCapacityProviderCommandOutput
    >(['capacityProvider'], ({ capacityProvider = '' }) => {
      if (fargate(capacityProvider)) {
        throw invalidParameter(
          'The specified capacity provider is reserved and cannot be deleted.',
        );
      }
      const provider = providers.get(capacityProvider);
      if (clusters.all().some((cluster) => cluster.capacityProviders.includes(provider.name))) {
        throw invalidParameter('The specified capacity provider is in use and cannot be removed.');
      }
      providers.delete(provider);
      return {
        capacityProvider: {
          ...describe(provider, false),
          status: 'INACTIVE',
          updateStatus: 'DELETE_COMPLETE',
        },
      };
    }),
    DescribeCapacityProviders: operation<
      DescribeCapacityProvidersCommandInput,
      DescribeCapacityProvidersCommandOutput
    >(['capacityProviders', 'include', 'maxResults', 'nextToken'], (input) => {
      const withTags = input.include?.includes('TAGS') ?? false;
      const wanted = input.capacityProviders?.length
        ? input.capacityProviders
        : [...fargateProviders, ...providers.all().map(({ name }) => name)];
      const shapeOf = (reference: string) => {
        const own = providers.find(reference);
        return own ? describe(own, withTags) : fargate(reference);
      };
      const known = wanted.filter((reference) => shapeOf(reference));
      const { items, ...next } = page(known, input, { standard: 10, greatest: 10 });
      return {
        capacityProviders: items.flatMap((reference) => shapeOf(reference) ?? []),
        failures: wanted
          .filter((reference) => !known.includes(reference))
          .map((reference) => missing(reference, arnOf)),
        ...next,
      };
    }),
  };
}

function describe(provider: CapacityProvider, withTags: boolean): CapacityProviderShape {
  return {
    capacityProviderArn: provider.arn,
    name: provider.name,
    status: 'ACTIVE',
    autoScalingGroupProvider: provider.settings,
    updateStatus: provider.updateStatus,
    tags: withTags ? tagList(provider.tags) : [],
  };
}
