import type {
  CapacityProviderStrategyItem,
  LaunchType,
  NetworkConfiguration,
  PlacementConstraint,
  PlacementStrategy,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { camelCase } from './camel-case.ts';
import { type Capacity, usesInstances } from './capacity-launches.ts';
import { checkStrategy } from './capacity-strategy.ts';
import type { Cluster } from './cluster.ts';
import { checkConstraints } from './instances/placement-expression.ts';
import { invalidParameter } from './service-rules.ts';

export interface CapacityRequest {
  readonly launchType?: LaunchType | undefined;
  readonly capacityProviderStrategy?: readonly CapacityProviderStrategyItem[] | undefined;
}

/** Where a service or task set is to run: as asked for, else by the cluster's default strategy, else on EC2. Throws AwsError. */
export function requestedCapacity(request: CapacityRequest, cluster: Cluster): Capacity {
  const given = request.capacityProviderStrategy ?? [];
  if (request.launchType !== undefined && given.length > 0) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  const items =
    given.length === 0 && request.launchType === undefined
      ? cluster.defaultCapacityProviderStrategy
      : given;
  const capacityProviderStrategy = strategyOf(items, cluster);
  return {
    launchType:
      capacityProviderStrategy.length > 0 ? undefined : (request.launchType ?? ('EC2' as const)),
    capacityProviderStrategy,
  };
}

export function strategyOf(
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

/** An AppSpec's strategy, spelled as in templates, else that of the task set that it replaces. Throws AwsError. */
export function capacityOfReplacement(
  strategy: unknown,
  primary: Capacity | undefined,
  { cluster }: { readonly cluster: Cluster },
): Capacity {
  if (strategy === undefined) {
    const { launchType, capacityProviderStrategy } = primary ?? requestedCapacity({}, cluster);
    return { launchType, capacityProviderStrategy };
  }
  const items = camelCase(strategy) as CapacityProviderStrategyItem[];
  return requestedCapacity({ capacityProviderStrategy: items }, cluster);
}

/** Fargate asks for awsvpc and a definition that is made for it; placement is of instances alone. Throws AwsError. */
export function checkCapacity(
  capacity: Capacity,
  document: TaskDefinition,
  {
    networkConfiguration,
    platformVersion,
    placementConstraints = [],
    placementStrategy = [],
  }: {
    readonly networkConfiguration?: NetworkConfiguration | undefined;
    readonly platformVersion?: string | undefined;
    readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
    readonly placementStrategy?: readonly PlacementStrategy[] | undefined;
  },
): void {
  const onInstances = usesInstances(capacity);
  if (!onInstances && !document.compatibilities?.includes('FARGATE')) {
    throw invalidParameter('Task definition does not support launch_type FARGATE.');
  }
  if (!onInstances && placementConstraints.length > 0) {
    throw invalidParameter('Placement constraints are not supported with FARGATE launch type.');
  }
  if (!onInstances && placementStrategy.length > 0) {
    throw invalidParameter('Placement strategies are not supported with FARGATE launch type.');
  }
  checkConstraints(placementConstraints);
  if (platformVersion !== undefined && !/^(LATEST|1\.[0-4]\.0)$/.test(platformVersion)) {
    throw new AwsError('PlatformUnknownException', 'The specified platform does not exist.');
  }
  if (document.networkMode === 'awsvpc') {
    if (!networkConfiguration?.awsvpcConfiguration) {
      throw invalidParameter(
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      );
    }
    if ((networkConfiguration.awsvpcConfiguration.subnets ?? []).length === 0) {
      throw invalidParameter('subnets can not be empty.');
    }
  } else if (networkConfiguration?.awsvpcConfiguration) {
    throw invalidParameter(
      'Network Configuration is not valid for the given networkMode of this task definition.',
    );
  }
}
