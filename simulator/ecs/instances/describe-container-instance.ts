import type { ContainerInstance as ContainerInstanceShape, Resource } from '@aws-sdk/client-ecs';
import { tagList } from '../tags.ts';
import type { Placements } from './placements.ts';
import { remaining, reservedPorts, usedPorts } from './remaining.ts';
import type { ContainerInstance } from './state.ts';

/** The ContainerInstance shape, with Dates. */
export function describeContainerInstance(
  { providers }: Placements,
  instance: ContainerInstance,
  withTags: boolean,
): ContainerInstanceShape {
  const tasks = [...instance.tasks];
  const left = remaining(instance);
  const provider = providers
    .all()
    .find(
      ({ name, autoScalingGroup }) =>
        autoScalingGroup === instance.autoScalingGroup &&
        instance.cluster.capacityProviders.includes(name),
    );
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    ...(provider && { capacityProviderName: provider.name }),
    version: instance.version + tasks.length,
    versionInfo: { agentVersion: '1.86.0', dockerVersion: 'DockerVersion: 25.0.3' },
    remainingResources: resources(left.cpu, left.memoryMiB, instance, true),
    registeredResources: resources(
      instance.capacity.cpu,
      instance.capacity.memoryMiB,
      instance,
      false,
    ),
    status: instance.status,
    agentConnected: instance.status !== 'INACTIVE',
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ isStarting }) => isStarting).length,
    attributes: [...instance.attributes].map(([name, value]) => ({ name, value })),
    registeredAt: new Date(instance.registeredAtMs),
    attachments: [],
    tags: withTags ? tagList(instance.tags) : [],
  };
}

function resources(
  cpu: number,
  memoryMiB: number,
  instance: ContainerInstance,
  withUsed: boolean,
): Resource[] {
  const number = (name: string, integerValue: number): Resource => ({
    name,
    type: 'INTEGER',
    doubleValue: 0,
    longValue: 0,
    integerValue,
  });
  const ports = (name: string, protocol: 'tcp' | 'udp', reserved: readonly number[]): Resource => ({
    name,
    type: 'STRINGSET',
    doubleValue: 0,
    longValue: 0,
    integerValue: 0,
    stringSetValue: [...reserved, ...(withUsed ? usedPorts(instance, protocol) : [])].map(String),
  });
  return [
    number('CPU', cpu),
    number('MEMORY', memoryMiB),
    ports('PORTS', 'tcp', reservedPorts),
    ports('PORTS_UDP', 'udp', []),
  ];
}
