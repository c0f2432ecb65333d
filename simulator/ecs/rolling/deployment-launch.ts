import { AwsError } from '../../core/aws-error.ts';
import { CapacityLaunches } from '../capacity-launches.ts';
import type { Service } from '../state.ts';
import type { Deployment } from './state.ts';

/** What the tasks of a deployment are started from. */
export function deploymentLaunches(deployment: Deployment): CapacityLaunches {
  const { service, workload, resolvedImages } = deployment.revision;
  return new CapacityLaunches(workload, {
    cluster: service.cluster,
    taskDefinition: workload.taskDefinition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    serviceRegistries: workload.serviceRegistries,
    networkConfiguration: workload.networkConfiguration,
    platformVersion: workload.platformVersion,
    enableExecuteCommand: service.enableExecuteCommand,
    resolvedImages,
    tags: taskTags(service, workload.taskDefinition.tags),
  });
}

/** Propagated ones, and those that ECS manages (developer guide, "tagging"). */
function taskTags(
  service: Service,
  taskDefinitionTags: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { propagateTags, enableECSManagedTags } = service.settings;
  const sources: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    NONE: new Map(),
    SERVICE: service.tags,
    TASK_DEFINITION: taskDefinitionTags,
  };
  const propagated = sources[propagateTags];
  if (!propagated) {
    throw new AwsError('InvalidParameterException', `Invalid propagateTags ${propagateTags}.`);
  }
  return new Map([
    ...propagated,
    ...(enableECSManagedTags
      ? ([
          ['aws:ecs:clusterName', service.cluster.name],
          ['aws:ecs:serviceName', service.name],
        ] as const)
      : []),
  ]);
}
