import type {
  Container,
  NetworkBinding,
  TaskOverride,
  Task as TaskShape,
} from '@aws-sdk/client-ecs';
import { tagList } from './tags.ts';
import type { Task } from './task.ts';
import type { TaskContainer } from './task-container.ts';

/** The Task shape, with Dates. */
export function describeTask(task: Task, withTags = false): TaskShape {
  const { launch, network, document } = task;
  const ephemeralGiB = document.ephemeralStorage?.sizeInGiB ?? 20;
  const arm = document.runtimePlatform?.cpuArchitecture === 'ARM64';
  return {
    attachments:
      network.mode !== 'awsvpc'
        ? []
        : [
            {
              id: network.attachmentId,
              type: 'ElasticNetworkInterface',
              status: task.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
              details: [
                { name: 'subnetId', value: network.subnetId },
                { name: 'networkInterfaceId', value: network.networkInterfaceId },
                { name: 'macAddress', value: network.macAddress },
                { name: 'privateDnsName', value: network.hostName },
                { name: 'privateIPv4Address', value: network.privateIp },
              ],
            },
          ],
    attributes: [{ name: 'ecs.cpu-architecture', value: arm ? 'arm64' : 'x86_64' }],
    availabilityZone: network.availabilityZone,
    ...(launch.capacityProviderName !== undefined && {
      capacityProviderName: launch.capacityProviderName,
    }),
    clusterArn: launch.cluster.arn,
    ...(task.placement && { containerInstanceArn: task.placement.instance.arn }),
    connectivity: 'CONNECTED',
    connectivityAt: new Date(task.createdAtMs),
    containers: task.containers.map((container) => describeContainer(task, container)),
    ...(document.cpu !== undefined && { cpu: document.cpu }),
    createdAt: new Date(task.createdAtMs),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: launch.enableExecuteCommand,
    ...(task.stoppedAtMs !== undefined && { executionStoppedAt: new Date(task.stoppedAtMs) }),
    group: launch.group,
    healthStatus: task.healthStatus,
    lastStatus: task.lastStatus,
    launchType: launch.launchType,
    ...(document.memory !== undefined && { memory: document.memory }),
    overrides: overridesOf(task),
    ...(launch.launchType === 'FARGATE' && {
      platformVersion: launch.platformVersion === 'LATEST' ? '1.4.0' : launch.platformVersion,
      platformFamily: 'Linux',
    }),
    ...(task.pullStartedAtMs !== undefined && { pullStartedAt: new Date(task.pullStartedAtMs) }),
    ...(task.pullStoppedAtMs !== undefined && { pullStoppedAt: new Date(task.pullStoppedAtMs) }),
    ...(task.startedAtMs !== undefined && { startedAt: new Date(task.startedAtMs) }),
    ...(launch.startedBy !== undefined && { startedBy: launch.startedBy }),
    ...(task.stopCause && {
      stopCode: task.stopCause.code,
      stoppedReason: task.stopCause.reason,
    }),
    ...(task.stoppingAtMs !== undefined && { stoppingAt: new Date(task.stoppingAtMs) }),
    ...(task.stoppedAtMs !== undefined && { stoppedAt: new Date(task.stoppedAtMs) }),
    tags: withTags ? tagList(task.tags) : [],
    taskArn: task.arn,
    taskDefinitionArn: launch.taskDefinition.arn,
    version: task.version,
    ...(launch.launchType === 'FARGATE' && {
      ephemeralStorage: { sizeInGiB: ephemeralGiB },
      fargateEphemeralStorage: { sizeInGiB: ephemeralGiB },
    }),
  };
}

/** The same as the detail of an `ECS Task State Change` event: ISO timestamps, `updatedAt` (aws-facts 2.7). */
export function taskEventDetail(task: Task, nowMs: number): unknown {
  const detail = { ...describeTask(task), updatedAt: new Date(nowMs) };
  return JSON.parse(JSON.stringify(detail));
}

/** Every container is named, those that RunTask overrides with what it said; output-only lists are there when empty. */
function overridesOf({ launch, containers }: Task): TaskOverride {
  const { containerOverrides = [], ...others } = launch.overrides ?? {};
  return {
    ...others,
    containerOverrides: containers.map(({ definition: { name } }) => ({
      ...containerOverrides.find((override) => override.name === name),
      name,
    })),
    inferenceAcceleratorOverrides: [],
  };
}

/** Host ports are bound once the container runs. */
function bindingsOf(task: Task, { definition, lastStatus }: TaskContainer): NetworkBinding[] {
  const ports = (definition.portMappings ?? []).map(({ containerPort }) => containerPort);
  if (lastStatus !== 'RUNNING') return [];
  return (task.placement?.bindings ?? []).filter(({ containerPort }) =>
    ports.includes(containerPort),
  );
}

function describeContainer(task: Task, container: TaskContainer): Container {
  const { definition, exitCode, reason, imageDigest } = container;
  return {
    containerArn: `${task.arn.replace(':task/', ':container/')}/${container.id}`,
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    ...(imageDigest !== undefined && { imageDigest }),
    runtimeId: `${task.id}-${container.id.slice(0, 8)}`,
    lastStatus: container.lastStatus,
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
    networkBindings: bindingsOf(task, container),
    networkInterfaces:
      task.network.mode === 'awsvpc'
        ? [{ attachmentId: task.network.attachmentId, privateIpv4Address: task.network.privateIp }]
        : [],
    healthStatus: container.healthStatus,
    cpu: String(definition.cpu ?? 0),
    ...(definition.memory !== undefined && { memory: String(definition.memory) }),
    ...(definition.memoryReservation !== undefined && {
      memoryReservation: String(definition.memoryReservation),
    }),
  };
}
