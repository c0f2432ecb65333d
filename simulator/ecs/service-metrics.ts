import type { World } from '../core/world.ts';
import type { ProcessUsage } from '../process/process-usage.ts';
import { taskNeeds } from './instances/task-needs.ts';
import type { Service } from './state.ts';
import type { Task } from './task.ts';

/** ECS sends metrics of services each minute (developer guide, "Amazon ECS CloudWatch metrics"). */
const periodMs = 60_000;
/** A task that names no CPU units has those of Fargate's smallest size. */
const leastCpuUnits = 256;

interface Reading {
  readonly cpuMs: number;
  readonly realMs: number;
}

/**
 * CPUUtilization and MemoryUtilization of each service: what the processes of its running tasks use of what
 * the tasks reserve, one observation per task. Processor time is measured against real time, since virtual
 * time jumps; minutes that a jump skips show the last figures.
 */
export class ServiceMetrics {
  readonly #world: World;
  readonly #services: () => readonly Service[];
  readonly #readings = new WeakMap<Task, Reading>();
  readonly #reported = new Set<Service>();
  #cancel: () => void;

  constructor(world: World, services: () => readonly Service[]) {
    this.#world = world;
    this.#services = services;
    this.#cancel = this.#plan();
  }

  stop(): void {
    this.#cancel();
  }

  #plan(): () => void {
    const look = () => {
      for (const service of this.#services()) this.#report(service);
      this.#cancel = this.#plan();
    };
    return this.#world.clock.schedule(periodMs, look, 'background');
  }

  #report(service: Service): void {
    const used = [...service.tasks].flatMap((task) => {
      const usage = task.isRunning ? usageOf(task) : undefined;
      return usage ? [this.#utilization(task, usage)] : [];
    });
    if (used.length === 0 && !this.#reported.delete(service)) return;
    if (used.length > 0) this.#reported.add(service);
    const dimensions = { ClusterName: service.cluster.name, ServiceName: service.name };
    const hold = (name: string, values: number[]) =>
      this.#world.services.cloudwatch.holdMetric({
        namespace: 'AWS/ECS',
        name,
        dimensions,
        values,
      });
    hold(
      'CPUUtilization',
      used.map(({ cpu }) => cpu),
    );
    hold(
      'MemoryUtilization',
      used.map(({ memory }) => memory),
    );
  }

  #utilization(task: Task, usage: ProcessUsage): { cpu: number; memory: number } {
    const { cpu, memoryMiB } = taskNeeds(task.document);
    const realMs = performance.now();
    const before = this.#readings.get(task) ?? { cpuMs: usage.cpuMs, realMs };
    this.#readings.set(task, { cpuMs: usage.cpuMs, realMs });
    const reservedMs = ((realMs - before.realMs) * (cpu || leastCpuUnits)) / 1024;
    return {
      cpu: reservedMs > 0 ? percent((usage.cpuMs - before.cpuMs) / reservedMs) : 0,
      memory: memoryMiB > 0 ? percent(usage.residentBytes / (memoryMiB * 2 ** 20)) : 0,
    };
  }
}

/** Of all containers; undefined when none of them can be looked at. */
function usageOf(task: Task): ProcessUsage | undefined {
  const usages = task.containers.flatMap(({ process }) => process?.usage() ?? []);
  if (usages.length === 0) return undefined;
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    residentBytes: usages.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}

function percent(share: number): number {
  return Math.round(share * 10_000) / 100;
}
