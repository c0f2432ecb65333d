import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { TaskNeeds } from './state.ts';

/** Of the task where it says so, else of its containers; a reservation counts before a limit (developer guide). */
export function taskNeeds(document: TaskDefinition): TaskNeeds {
  const containers = document.containerDefinitions ?? [];
  const sum = (of: (container: ContainerDefinition) => number | undefined) =>
    containers.reduce((total, container) => total + (of(container) ?? 0), 0);
  const awsvpc = document.networkMode === 'awsvpc';
  const wanted = document.runtimePlatform?.cpuArchitecture;
  return {
    cpu: Number(document.cpu ?? sum(({ cpu }) => cpu)),
    memoryMiB: Number(
      document.memory ?? sum(({ memoryReservation, memory }) => memoryReservation ?? memory),
    ),
    networkInterface: awsvpc,
    // With an interface of its own a task takes no port of the instance.
    ports: awsvpc ? [] : containers.flatMap((container) => hostPorts(container, document)),
    architecture:
      wanted === undefined ? undefined : wanted === 'ARM64' ? ('arm64' as const) : 'x86_64',
  };
}

function hostPorts(
  { portMappings = [] }: ContainerDefinition,
  { networkMode }: TaskDefinition,
): TaskNeeds['ports'] {
  return portMappings.flatMap(({ containerPort, hostPort = 0, protocol = 'tcp' }) =>
    containerPort === undefined
      ? []
      : [{ containerPort, hostPort: networkMode === 'host' ? containerPort : hostPort, protocol }],
  );
}
