import type { Task } from './task.ts';
import type { TaskContainer } from './task-container.ts';

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** What version 4 of the metadata endpoint answers for a container (developer guide). */
export function containerMetadata(task: Task, container: TaskContainer): object {
  const { definition, imageDigest, lastStatus, startedAtMs, exitCode } = container;
  const { launch, network } = task;
  return {
    DockerId: `${task.id}-${container.id.slice(0, 8)}`,
    Name: definition.name,
    DockerName: definition.name,
    Image: definition.image,
    ImageID: imageDigest,
    Labels: {
      'com.amazonaws.ecs.cluster': launch.cluster.arn,
      'com.amazonaws.ecs.container-name': definition.name,
      'com.amazonaws.ecs.task-arn': task.arn,
      'com.amazonaws.ecs.task-definition-family': launch.taskDefinition.family,
      'com.amazonaws.ecs.task-definition-version': String(launch.taskDefinition.revision),
    },
    DesiredStatus: task.desiredStatus,
    KnownStatus: lastStatus,
    Limits: { CPU: definition.cpu ?? 0, ...(definition.memory && { Memory: definition.memory }) },
    CreatedAt: iso(task.pullStoppedAtMs),
    StartedAt: iso(startedAtMs),
    ...(exitCode !== undefined && { ExitCode: exitCode }),
    ...(definition.healthCheck && { Health: { status: container.healthStatus } }),
    ...(definition.restartPolicy?.enabled && { RestartCount: container.restartCount }),
    Type: 'NORMAL',
    LogDriver: definition.logConfiguration?.logDriver,
    LogOptions: definition.logConfiguration?.options,
    ContainerARN: `${task.arn.replace(':task/', ':container/')}/${container.id}`,
    Networks: [
      {
        NetworkMode: network.mode,
        IPv4Addresses: [network.privateIp],
        MACAddress: network.macAddress,
        PrivateDNSName: network.hostName,
      },
    ],
  };
}

/** What it answers for the task, below `/task`. */
export function taskMetadata(task: Task): object {
  const { launch, document, network } = task;
  const service = /^service:(.+)$/.exec(launch.group)?.[1];
  return {
    Cluster: launch.cluster.arn,
    TaskARN: task.arn,
    Family: launch.taskDefinition.family,
    Revision: String(launch.taskDefinition.revision),
    ...(service !== undefined && { ServiceName: service }),
    DesiredStatus: task.desiredStatus,
    KnownStatus: task.lastStatus,
    Limits: { CPU: Number(document.cpu ?? 0) / 1_024, Memory: Number(document.memory ?? 0) },
    PullStartedAt: iso(task.pullStartedAtMs),
    PullStoppedAt: iso(task.pullStoppedAtMs),
    AvailabilityZone: network.availabilityZone,
    LaunchType: launch.launchType,
    Containers: task.containers.map((container) => containerMetadata(task, container)),
  };
}
