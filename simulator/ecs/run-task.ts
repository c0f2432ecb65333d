import type { RunTaskCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { checkStrategy, spread } from './capacity-strategy.ts';
import type { Clusters } from './clusters.ts';
import { checkRunnable } from './runnable.ts';
import { invalidParameter } from './service-rules.ts';
import type { Cluster, TaskDefinitionRevision } from './state.ts';
import { tagMap } from './tags.ts';
import type { Task, TaskObserver } from './task.ts';
import type { TaskDefinitions } from './task-definitions.ts';
import type { TaskLaunch } from './task-launch.ts';
import { withOverrides } from './task-overrides.ts';
import type { Tasks } from './tasks.ts';

const mostTasks = 10;

export interface TaskRunner {
  readonly clusters: Clusters;
  readonly taskDefinitions: TaskDefinitions;
  readonly tasks: Tasks;
}

/** Tasks that RunTask started, by the client token that asked for them: a repeated call answers the same ones. */
export class ClientTokens {
  readonly #tasks = new Map<string, readonly Task[]>();

  once(token: string | undefined, start: () => readonly Task[]): readonly Task[] {
    const known = token === undefined ? undefined : this.#tasks.get(token);
    if (known) return known;
    const started = start();
    if (token !== undefined) this.#tasks.set(token, started);
    return started;
  }
}

/** Starts up to ten tasks that nobody replaces. Throws AwsError as RunTask answers. */
export function runTask(runner: TaskRunner, input: RunTaskCommandInput): Task[] {
  const cluster = runner.clusters.get(input.cluster);
  const taskDefinition = runner.taskDefinitions.getActive(input.taskDefinition ?? '');
  const count = input.count ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > mostTasks) {
    throw invalidParameter(`Count should be between 1 and ${mostTasks}.`);
  }
  if (input.propagateTags === 'SERVICE') {
    throw invalidParameter('The propagateTags value SERVICE is only supported for services.');
  }
  checkOverrides(input, taskDefinition);
  const providers = providersOf(cluster, input, count);
  checkNetwork(input, taskDefinition);
  const launches = new Map(
    providers.map((provider) => [provider, launchOf(cluster, taskDefinition, input, provider)]),
  );
  for (const launch of launches.values()) {
    checkRunnable(withOverrides(taskDefinition.document, launch.overrides));
    const refusal = runner.tasks.refusal(launch);
    if (refusal !== undefined) throw new AwsError('ClientException', refusal);
  }
  return providers.map((provider) =>
    runner.tasks.start({ launch: launches.get(provider) as TaskLaunch, observer: unattended }),
  );
}

/** Nobody balances or replaces such a task. */
const unattended: TaskObserver = {
  changed: () => {},
  listening: () => {},
  drained: () => Promise.resolve(),
};

/** Capacity provider of each task; undefined for a launch type of FARGATE. */
function providersOf(
  cluster: Cluster,
  input: RunTaskCommandInput,
  count: number,
): (string | undefined)[] {
  const { launchType, capacityProviderStrategy } = input;
  if (launchType !== undefined && capacityProviderStrategy?.length) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  const strategy = capacityProviderStrategy?.length
    ? capacityProviderStrategy
    : cluster.defaultCapacityProviderStrategy;
  if (launchType === undefined && strategy.length > 0) {
    checkStrategy(strategy, cluster.capacityProviders);
    return spread(strategy, count);
  }
  // The standard launch type is EC2, and no cluster has container instances here.
  if (launchType !== 'FARGATE') {
    throw invalidParameter('No Container Instances were found in your cluster.');
  }
  return Array.from({ length: count }, () => undefined);
}

function checkNetwork(
  { networkConfiguration, platformVersion = 'LATEST' }: RunTaskCommandInput,
  { document }: TaskDefinitionRevision,
): void {
  checkFargate(document.compatibilities ?? []);
  const network = networkConfiguration?.awsvpcConfiguration;
  if (!network) {
    throw invalidParameter(
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    );
  }
  if ((network.subnets ?? []).length === 0) throw invalidParameter('subnets can not be empty.');
  if (!/^(LATEST|1\.[0-4]\.0)$/.test(platformVersion)) {
    throw new AwsError('PlatformUnknownException', 'The specified platform does not exist.');
  }
}

function launchOf(
  cluster: Cluster,
  taskDefinition: TaskDefinitionRevision,
  input: RunTaskCommandInput,
  capacityProviderName: string | undefined,
): TaskLaunch {
  return {
    cluster,
    taskDefinition,
    group: input.group ?? `family:${taskDefinition.family}`,
    startedBy: input.startedBy,
    launchType: 'FARGATE',
    capacityProviderName,
    networkConfiguration: input.networkConfiguration,
    platformVersion: input.platformVersion ?? 'LATEST',
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    resolvedImages: new Map(),
    overrides: input.overrides,
    tags: new Map([
      ...(input.propagateTags === 'TASK_DEFINITION' ? taskDefinition.tags : []),
      ...tagMap(input.tags),
      ...(input.enableECSManagedTags ? [['aws:ecs:clusterName', cluster.name] as const] : []),
    ]),
  };
}

function checkFargate(compatibilities: readonly string[]): void {
  if (compatibilities.includes('FARGATE')) return;
  throw invalidParameter('Task definition does not support launch_type FARGATE.');
}

function checkOverrides(input: RunTaskCommandInput, { document }: TaskDefinitionRevision): void {
  const names = document.containerDefinitions?.map(({ name }) => name) ?? [];
  const containers = input.overrides?.containerOverrides ?? [];
  const unknown = containers.find(({ name }) => !names.includes(name));
  if (unknown) {
    throw invalidParameter(
      `Override for container named ${unknown.name} is not a container in the TaskDefinition.`,
    );
  }
  const refused = [
    ...(input.overrides?.inferenceAcceleratorOverrides?.length
      ? ['overrides.inferenceAcceleratorOverrides']
      : []),
    ...(containers.some(({ resourceRequirements }) => resourceRequirements?.length)
      ? ['containerOverrides.resourceRequirements']
      : []),
  ];
  if (refused.length > 0) {
    throw new AwsError('UnsupportedFeatureException', `Not simulated: ${refused.join(', ')}`);
  }
}
