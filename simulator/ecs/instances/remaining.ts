import type { ContainerInstance, TaskNeeds } from './state.ts';
import { taskNeeds } from './task-needs.ts';

/** SSH, Docker and the agent (API reference, RegisterContainerInstance; developer guide, "host ports"). */
export const reservedPorts: readonly number[] = [22, 2375, 2376, 51678, 51679];

const firstEphemeral = 32_768;
const lastEphemeral = 60_999;

export interface Remaining {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly networkInterfaces: number;
}

/** What the tasks of an instance leave of it. */
export function remaining({ capacity, tasks }: ContainerInstance): Remaining {
  const taken = [...tasks].map(({ document }) => taskNeeds(document));
  const sum = (of: (needs: TaskNeeds) => number) =>
    taken.reduce((total, needs) => total + of(needs), 0);
  return {
    cpu: capacity.cpu - sum(({ cpu }) => cpu),
    memoryMiB: capacity.memoryMiB - sum(({ memoryMiB }) => memoryMiB),
    // The first is the instance's own (developer guide, "elastic network interface trunking").
    networkInterfaces:
      capacity.networkInterfaces - 1 - sum(({ networkInterface }) => (networkInterface ? 1 : 0)),
  };
}

/** Host ports of the instance that tasks hold, the reserved ones not among them. */
export function usedPorts({ tasks }: ContainerInstance, protocol: 'tcp' | 'udp'): number[] {
  return [...tasks].flatMap(({ placement }) =>
    (placement?.bindings ?? [])
      .filter((binding) => binding.protocol === protocol)
      .map(({ hostPort }) => hostPort),
  );
}

/** The first ports of the ephemeral range that nobody holds. */
export function ephemeralPorts(used: readonly number[], count: number): number[] {
  const found: number[] = [];
  for (let port = firstEphemeral; port <= lastEphemeral && found.length < count; port++) {
    if (!used.includes(port)) found.push(port);
  }
  return found;
}
