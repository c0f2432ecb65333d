import { itemsOf, memberAt } from '../../config/loose-value.ts';
import type { ContainerInstance } from '../../ports/container-instances.ts';
import type { TaskDefinitionDocument } from '../../ports/task-definitions.ts';
import { parseCpuUnits, parseMemoryMib } from '../../task-definition/fargate-size.ts';
import { runsOnFargate } from '../../task-definition/runs-on-fargate.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { tasksBeside } from './rolling-bounds.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const instanceCapacity: PreflightCheck<TrafficCheckFacts> = {
  id: 'instance-capacity',
  title: 'The container instances have CPU and memory for the replacement beside the original',
  remedy: 'Add container instances to the cluster',

  async judge(facts) {
    const { cluster } = facts.subject.service.target;
    const [service, { document }] = await Promise.all([
      facts.existingService(),
      facts.runningTaskDefinition(),
    ]);
    if (runsOnFargate(service, document)) {
      return { status: 'SKIP', reason: 'The service runs on Fargate, which has no instances' };
    }
    if (service.capacityProviders.length > 0) {
      return {
        status: 'SKIP',
        reason: `Capacity provider ${service.capacityProviders.join(', ')} adds instances as tasks need them`,
      };
    }
    const wanted = tasksBeside(facts.subject.service.target, service);
    const size = taskSize(document);
    const instances = await facts.containerInstances();
    const fitting = instances.reduce((sum, instance) => sum + tasksOn(instance, size), 0);
    const needs = `${size.cpu} CPU units and ${size.memoryMib} MiB`;
    const observed = `${fitting} tasks of ${needs} fit on ${instances.length} instances`;
    if (fitting >= wanted) return { status: 'OK', observed };
    return {
      status: 'NG',
      expected: `room for ${wanted} tasks of ${needs}`,
      observed,
      remedy: `Add instances to cluster "${cluster}" for ${wanted - fitting} more tasks, or lower the desired count`,
    };
  },
};

interface TaskSize {
  readonly cpu: number;
  readonly memoryMib: number;
}

/** The task's own size; without one, what its containers reserve together (ECS places by that). */
function taskSize(document: TaskDefinitionDocument): TaskSize {
  const containers = itemsOf(document.containerDefinitions);
  const sum = (of: (container: unknown) => unknown) =>
    containers.reduce<number>((total, container) => total + Number(of(container) ?? 0), 0);
  return {
    cpu: parseCpuUnits(document.cpu) ?? sum((container) => memberAt(container, 'cpu')),
    memoryMib:
      parseMemoryMib(document.memory) ??
      sum((container) => memberAt(container, 'memoryReservation') ?? memberAt(container, 'memory')),
  };
}

function tasksOn({ freeCpu, freeMemoryMib }: ContainerInstance, size: TaskSize): number {
  const byCpu = size.cpu === 0 ? Number.POSITIVE_INFINITY : Math.floor(freeCpu / size.cpu);
  // ECS demands memory of every container, so it is never 0 in a task that runs.
  return Math.max(0, Math.min(byCpu, Math.floor(freeMemoryMib / Math.max(size.memoryMib, 1))));
}
