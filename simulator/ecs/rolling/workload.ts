import { isDeepStrictEqual } from 'node:util';
import type {
  CapacityProviderStrategyItem,
  CreateServiceCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { checkStrategy } from '../capacity-strategy.ts';
import { defaultDeploymentConfiguration } from '../deployment-configuration.ts';
import { invalidParameter, mustForceDeployment, notSimulated } from '../service-rules.ts';
import type { Cluster, TaskDefinitionRevision } from '../state.ts';
import { checkBounds, checkRollingService } from './rolling-rules.ts';
import type { Workload } from './state.ts';

/** What a created service is to run. Throws AwsError InvalidParameterException or UnsupportedFeatureException. */
export function createdWorkload(
  input: CreateServiceCommandInput,
  cluster: Cluster,
  taskDefinition: TaskDefinitionRevision,
): Workload {
  checkRollingService(input);
  checkBounds({ ...defaultDeploymentConfiguration('ECS'), ...input.deploymentConfiguration });
  const given = input.capacityProviderStrategy ?? [];
  const capacityProviderStrategy =
    given.length === 0 && input.launchType === undefined
      ? strategyOf(cluster.defaultCapacityProviderStrategy, cluster)
      : strategyOf(given, cluster);
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
  if (capacityChanges && !input.forceNewDeployment) throw mustForceDeployment();
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
  checkStrategy(items, cluster.capacityProviders);
  return items.map(({ capacityProvider, weight = 0, base = 0 }) => ({
    capacityProvider,
    weight,
    base,
  }));
}
