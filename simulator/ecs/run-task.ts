import type { Failure, RunTaskCommandInput, StartTaskCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { type Capacity, CapacityLaunches } from './capacity-launches.ts';
import type { Clusters } from './clusters.ts';
import type { Misfit } from './instances/placement.ts';
import type { Placed } from './instances/placements.ts';
import { missing } from './missing.ts';
import { checkCapacity, requestedCapacity } from './requested-capacity.ts';
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

/** What RunTask and StartTask answer: tasks that begin, and why others found no room. */
export interface StartedTasks {
  readonly tasks: readonly Task[];
  readonly failures: readonly Failure[];
}

/** Tasks that RunTask started, by the client token that asked for them: a repeated call answers the same ones. */
export class ClientTokens {
  readonly #tasks = new Map<string, StartedTasks>();

  once(token: string | undefined, start: () => StartedTasks): StartedTasks {
    const known = token === undefined ? undefined : this.#tasks.get(token);
    if (known) return known;
    const started = start();
    if (token !== undefined) this.#tasks.set(token, started);
    return started;
  }
}

/** Starts up to ten tasks that nobody replaces. Throws AwsError as RunTask answers. */
export function runTask(runner: TaskRunner, input: RunTaskCommandInput): StartedTasks {
  const cluster = runner.clusters.get(input.cluster);
  const taskDefinition = runner.taskDefinitions.getActive(input.taskDefinition ?? '');
  const count = input.count ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > mostTasks) {
    throw invalidParameter(`Count should be between 1 and ${mostTasks}.`);
  }
  checkRequest(input, taskDefinition);
  const capacity = requestedCapacity(input, cluster);
  checkCapacity(capacity, taskDefinition.document, input);
  const launches = launchesOf(cluster, taskDefinition, input, capacity);
  const wanted = Array.from({ length: count }, () => launches.next());
  checkLaunches(runner, wanted);
  const wishes = {
    constraints: input.placementConstraints ?? [],
    strategy: input.placementStrategy ?? [],
  };
  return startEach(runner, wanted, (launch) => runner.tasks.placements.place(launch, wishes));
}

/** Starts a task on each of up to ten container instances. Throws AwsError as StartTask answers. */
export function startTask(runner: TaskRunner, input: StartTaskCommandInput): StartedTasks {
  const cluster = runner.clusters.get(input.cluster);
  const taskDefinition = runner.taskDefinitions.getActive(input.taskDefinition ?? '');
  const references = input.containerInstances ?? [];
  if (references.length === 0) throw invalidParameter('Container instances cannot be empty.');
  if (references.length > mostTasks) {
    throw invalidParameter(`Container instances cannot have more than ${mostTasks} elements.`);
  }
  checkRequest(input, taskDefinition);
  const { instances } = runner.tasks.placements;
  const found = references.map((reference) => instances.find(cluster, reference));
  const failures = references
    .filter((_, index) => !found[index])
    .map((reference) =>
      missing(
        reference,
        (id) => `${cluster.arn.replace(':cluster/', ':container-instance/')}/${id}`,
      ),
    );
  const there = found.flatMap((instance) => instance ?? []);
  if (there.length === 0) return { tasks: [], failures };
  const capacity: Capacity = { launchType: 'EC2', capacityProviderStrategy: [] };
  checkCapacity(capacity, taskDefinition.document, input);
  const launch = launchesOf(cluster, taskDefinition, input, capacity).next();
  checkLaunches(runner, [launch]);
  const started = there.map((instance) =>
    startEach(runner, [launch], () => runner.tasks.placements.placeOn(launch, instance)),
  );
  return {
    tasks: started.flatMap(({ tasks }) => tasks),
    failures: [...failures, ...started.flatMap((each) => each.failures)],
  };
}

function startEach(
  runner: TaskRunner,
  launches: readonly TaskLaunch[],
  place: (launch: TaskLaunch) => Placed,
): StartedTasks {
  const tasks: Task[] = [];
  for (const launch of launches) {
    const { unplaced, ...placed } = place(launch);
    if (!unplaced) {
      tasks.push(runner.tasks.start({ launch, ...placed, observer: unattended }));
      continue;
    }
    // Nowhere at all: the call itself fails.
    if (unplaced.misfits.length === 0)
      throw invalidParameter(unplaced.reason.slice('Reason: '.length));
    return { tasks, failures: unplaced.misfits.map(failureOf) };
  }
  return { tasks, failures: [] };
}

function failureOf({ instance, reason }: Misfit): Failure {
  return { arn: instance.arn, reason };
}

/** Nobody balances or replaces such a task. */
const unattended: TaskObserver = {
  changed: () => {},
  listening: () => {},
  drained: () => Promise.resolve(),
};

function checkRequest(
  input: RunTaskCommandInput | StartTaskCommandInput,
  taskDefinition: TaskDefinitionRevision,
): void {
  if (input.propagateTags === 'SERVICE') {
    throw invalidParameter('The propagateTags value SERVICE is only supported for services.');
  }
  checkOverrides(input, taskDefinition);
}

function checkLaunches(runner: TaskRunner, launches: readonly TaskLaunch[]): void {
  for (const launch of new Set(launches)) {
    checkRunnable(withOverrides(launch.taskDefinition.document, launch.overrides));
    const refusal = runner.tasks.refusal(launch);
    if (refusal !== undefined) throw new AwsError('ClientException', refusal);
  }
}

function launchesOf(
  cluster: Cluster,
  taskDefinition: TaskDefinitionRevision,
  input: RunTaskCommandInput | StartTaskCommandInput,
  capacity: Capacity,
): CapacityLaunches {
  const { platformVersion = 'LATEST' } = input as RunTaskCommandInput;
  return new CapacityLaunches(capacity, {
    cluster,
    taskDefinition,
    group: input.group ?? `family:${taskDefinition.family}`,
    startedBy: input.startedBy,
    networkConfiguration: input.networkConfiguration,
    platformVersion,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    resolvedImages: new Map(),
    overrides: input.overrides,
    tags: new Map([
      ...(input.propagateTags === 'TASK_DEFINITION' ? taskDefinition.tags : []),
      ...tagMap(input.tags),
      ...(input.enableECSManagedTags ? [['aws:ecs:clusterName', cluster.name] as const] : []),
    ]),
  });
}

function checkOverrides(
  input: Pick<RunTaskCommandInput, 'overrides'>,
  { document }: TaskDefinitionRevision,
): void {
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
