import type { Service as ServiceShape, TaskSet as TaskSetShape } from '@aws-sdk/client-ecs';
import { describeCapacity, usesInstances } from './capacity-launches.ts';
import type { EcsModel } from './model.ts';
import { describeRolling } from './rolling/describe-rolling.ts';
import type { Service, TaskSet } from './state.ts';
import { tagList } from './tags.ts';

const platformVersion = (version: string) => (version === 'LATEST' ? '1.4.0' : version);

/** The order that DescribeServices was recorded with, before and after a deployment (docs/fidelity.md). */
function primaryFirst(taskSets: readonly TaskSet[]): TaskSet[] {
  const rank = ({ status }: TaskSet) => (status === 'PRIMARY' ? 0 : 1);
  return taskSets.toSorted((one, other) => rank(one) - rank(other));
}

/** Members that CODE_DEPLOY services keep on their task sets are those of the PRIMARY one (aws-facts 2.4). */
export function describeService(
  model: EcsModel,
  service: Service,
  withTags: boolean,
): ServiceShape {
  const primary = service.taskSets.find(({ status }) => status === 'PRIMARY');
  const counts = service.taskSets.map((taskSet) => model.taskSets.counts(taskSet));
  const { settings } = service;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers: primary?.loadBalancer ? [primary.loadBalancer] : [],
    serviceRegistries: [...(primary?.serviceRegistries ?? [])],
    status: service.status,
    desiredCount: settings.desiredCount,
    runningCount: counts.reduce((sum, { runningCount }) => sum + runningCount, 0),
    pendingCount: counts.reduce((sum, { pendingCount }) => sum + pendingCount, 0),
    ...(primary && service.controller === 'CODE_DEPLOY' && describeCapacity(primary)),
    ...(primary && {
      ...(!usesInstances(primary) && { platformVersion: primary.platformVersion }),
      taskDefinition: primary.taskDefinition.arn,
      networkConfiguration: primary.networkConfiguration,
    }),
    ...(service.controller !== 'ECS' &&
      !(primary && usesInstances(primary)) && { platformFamily: 'Linux' }),
    deploymentConfiguration: settings.deploymentConfiguration,
    taskSets: primaryFirst(service.taskSets).map((taskSet) => describeTaskSet(model, taskSet)),
    deployments: [],
    roleArn: service.roleArn,
    events: service.events.map(({ id, createdAtMs, message }) => ({
      id,
      createdAt: new Date(createdAtMs),
      message,
    })),
    createdAt: new Date(service.createdAtMs),
    createdBy: service.createdBy,
    placementConstraints: settings.placementConstraints,
    placementStrategy: settings.placementStrategy,
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: service.controller },
    enableECSManagedTags: settings.enableECSManagedTags,
    propagateTags: settings.propagateTags,
    enableExecuteCommand: service.enableExecuteCommand,
    // Under every controller: Terraform's provider compares it with its default and would plan for ever.
    availabilityZoneRebalancing: 'DISABLED',
    ...(service.controller === 'ECS' && describeRolling(model.rolling, service)),
    ...(withTags && { tags: tagList(service.tags) }),
  };
}

export function describeTaskSet(model: EcsModel, taskSet: TaskSet, withTags = false): TaskSetShape {
  const onInstances = usesInstances(taskSet);
  return {
    id: taskSet.id,
    taskSetArn: taskSet.arn,
    serviceArn: taskSet.service.arn,
    clusterArn: taskSet.service.cluster.arn,
    // An external deployment leaves it out (API reference, TaskSet).
    ...(taskSet.service.controller === 'CODE_DEPLOY' && { startedBy: 'CODE_DEPLOY' }),
    ...(taskSet.externalId !== undefined && { externalId: taskSet.externalId }),
    status: taskSet.status,
    taskDefinition: taskSet.taskDefinition.arn,
    ...model.taskSets.counts(taskSet),
    createdAt: new Date(taskSet.createdAtMs),
    updatedAt: new Date(taskSet.updatedAtMs),
    ...describeCapacity(taskSet),
    ...(!onInstances && {
      platformVersion: platformVersion(taskSet.platformVersion),
      platformFamily: 'Linux',
    }),
    ...(taskSet.networkConfiguration && { networkConfiguration: taskSet.networkConfiguration }),
    loadBalancers: taskSet.loadBalancer ? [taskSet.loadBalancer] : [],
    serviceRegistries: [...taskSet.serviceRegistries],
    // One that is drained shows 0, as recorded (docs/fidelity.md).
    scale: {
      value: taskSet.status === 'DRAINING' ? 0 : taskSet.scalePercent,
      unit: 'PERCENT',
    },
    stabilityStatus: taskSet.stabilityStatus,
    stabilityStatusAt: new Date(taskSet.stabilityStatusAtMs),
    tags: withTags ? tagList(taskSet.tags) : [],
  };
}
