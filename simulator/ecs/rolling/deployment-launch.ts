import { AwsError } from '../../core/aws-error.ts';
import { spread } from '../capacity-strategy.ts';
import type { Service } from '../state.ts';
import type { TaskLaunch } from '../task-launch.ts';
import type { Deployment } from './state.ts';

/** What the tasks of a deployment are started from, one launch for each kind of capacity. */
export class DeploymentLaunches {
  readonly #deployment: Deployment;
  readonly #byProvider = new Map<string | undefined, TaskLaunch>();
  #started = 0;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The launch of the next task. */
  next(): TaskLaunch {
    const strategy = this.#deployment.revision.workload.capacityProviderStrategy;
    this.#started++;
    const provider = strategy.length > 0 ? spread(strategy, this.#started).at(-1) : undefined;
    const known = this.#byProvider.get(provider);
    if (known) return known;
    const launch = launchOf(this.#deployment, provider);
    this.#byProvider.set(provider, launch);
    return launch;
  }
}

function launchOf(deployment: Deployment, provider: string | undefined): TaskLaunch {
  const { service, workload, resolvedImages } = deployment.revision;
  return {
    cluster: service.cluster,
    taskDefinition: workload.taskDefinition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    launchType: 'FARGATE',
    ...(provider !== undefined && { capacityProviderName: provider }),
    networkConfiguration: workload.networkConfiguration,
    platformVersion: workload.platformVersion,
    enableExecuteCommand: service.enableExecuteCommand,
    resolvedImages,
    tags: taskTags(service, workload.taskDefinition.tags),
  };
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
