import { AwsError } from '../../core/aws-error.ts';
import type { Service } from '../state.ts';
import type { TaskLaunch } from '../task-launch.ts';
import type { Deployment } from './state.ts';

/** What the tasks of a deployment are started from, one launch for each kind of capacity. */
export class DeploymentLaunches {
  readonly #deployment: Deployment;
  readonly #byProvider = new Map<string | undefined, TaskLaunch>();
  readonly #started = new Map<string | undefined, number>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The launch of the next task; a strategy fills its base first, then by weight (API reference). */
  next(): TaskLaunch {
    const provider = this.#nextProvider();
    this.#started.set(provider, (this.#started.get(provider) ?? 0) + 1);
    const known = this.#byProvider.get(provider);
    if (known) return known;
    const launch = launchOf(this.#deployment, provider);
    this.#byProvider.set(provider, launch);
    return launch;
  }

  #nextProvider(): string | undefined {
    const strategy = this.#deployment.revision.workload.capacityProviderStrategy;
    const started = (provider: string) => this.#started.get(provider) ?? 0;
    const names = strategy.map(({ capacityProvider = '', base = 0, weight = 0 }) => ({
      name: capacityProvider,
      base,
      weight,
      aboveBase: Math.max(0, started(capacityProvider) - base),
    }));
    const belowBase = names.find(({ name, base }) => started(name) < base);
    if (belowBase) return belowBase.name;
    const [chosen] = names
      .filter(({ weight }) => weight > 0)
      .sort(
        (one, other) => (one.aboveBase + 1) / one.weight - (other.aboveBase + 1) / other.weight,
      );
    return chosen?.name;
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
