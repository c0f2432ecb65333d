import { isDeepStrictEqual } from 'node:util';
import type {
  CapacityProviderStrategyItem,
  CreateServiceCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { invalidParameter, notSimulated } from '../service-rules.ts';
import type { Cluster, TaskDefinitionRevision } from '../state.ts';
import type { Workload } from './state.ts';

/** What a created service is to run. Throws AwsError InvalidParameterException or UnsupportedFeatureException. */
export function createdWorkload(
  input: CreateServiceCommandInput,
  cluster: Cluster,
  taskDefinition: TaskDefinitionRevision,
): Workload {
  const capacityProviderStrategy = strategyOf(input.capacityProviderStrategy ?? [], cluster);
  if (input.launchType && capacityProviderStrategy.length > 0) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  // Without either, and without a default strategy of the cluster, AWS takes EC2.
  if (capacityProviderStrategy.length === 0 && (input.launchType ?? 'EC2') !== 'FARGATE') {
    throw notSimulated(`launch type ${input.launchType ?? 'EC2'} (only FARGATE)`);
  }
  return {
    taskDefinition,
    loadBalancers: input.loadBalancers ?? [],
    networkConfiguration: input.networkConfiguration,
    platformVersion: input.platformVersion ?? 'LATEST',
    launchType: capacityProviderStrategy.length > 0 ? undefined : 'FARGATE',
    capacityProviderStrategy,
  };
}

/** What the service is to run after an update; what is not given stays. */
export function updatedWorkload(
  current: Workload,
  input: UpdateServiceCommandInput,
  cluster: Cluster,
  taskDefinition: TaskDefinitionRevision | undefined,
): Workload {
  const strategy = input.capacityProviderStrategy;
  const capacityProviderStrategy =
    strategy === undefined ? current.capacityProviderStrategy : strategyOf(strategy, cluster);
  const capacityChanges = !isDeepStrictEqual(
    capacityProviderStrategy,
    current.capacityProviderStrategy,
  );
  if (capacityChanges && !input.forceNewDeployment) {
    // Seen in kayac/ecspresso #977 and reproio/ecs_deploy #74.
    throw invalidParameter(
      'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.',
    );
  }
  return {
    taskDefinition: taskDefinition ?? current.taskDefinition,
    loadBalancers: input.loadBalancers ?? current.loadBalancers,
    networkConfiguration: input.networkConfiguration ?? current.networkConfiguration,
    platformVersion: input.platformVersion ?? current.platformVersion,
    launchType: capacityProviderStrategy.length > 0 ? undefined : 'FARGATE',
    capacityProviderStrategy,
  };
}

/** Only a change of the workload, or force, starts a deployment (aws-facts 2.3). */
export function startsDeployment(
  current: Workload,
  updated: Workload,
  input: UpdateServiceCommandInput,
): boolean {
  return input.forceNewDeployment === true || !isDeepStrictEqual(current, updated);
}

function strategyOf(
  items: readonly CapacityProviderStrategyItem[],
  cluster: Cluster,
): CapacityProviderStrategyItem[] {
  const stranger = items.find(
    ({ capacityProvider = '' }) => !cluster.capacityProviders.includes(capacityProvider),
  );
  if (stranger) {
    throw invalidParameter(
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
    );
  }
  return items.map(({ capacityProvider, weight = 0, base = 0 }) => ({
    capacityProvider,
    weight,
    base,
  }));
}
