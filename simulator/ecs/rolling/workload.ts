import { isDeepStrictEqual } from 'node:util';
import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { defaultDeploymentConfiguration } from '../deployment-configuration.ts';
import { checkCapacity, requestedCapacity, strategyOf } from '../requested-capacity.ts';
import { mustForceDeployment } from '../service-rules.ts';
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
  const capacity = requestedCapacity(input, cluster);
  checkCapacity(capacity, taskDefinition.document, input);
  return {
    taskDefinition,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    networkConfiguration: input.networkConfiguration,
    platformVersion: input.platformVersion ?? 'LATEST',
    ...capacity,
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
    serviceRegistries: input.serviceRegistries ?? current.serviceRegistries,
    networkConfiguration: input.networkConfiguration ?? current.networkConfiguration,
    platformVersion: input.platformVersion ?? current.platformVersion,
    launchType: capacityProviderStrategy.length > 0 ? undefined : (current.launchType ?? 'FARGATE'),
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
