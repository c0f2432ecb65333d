import type { PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs';
import type { World } from '../../core/world.ts';
import { matchesExpression } from './placement-expression.ts';
import { ephemeralPorts, remaining, reservedPorts, usedPorts } from './remaining.ts';
import type { ContainerInstance, TaskNeeds, TaskPlacement } from './state.ts';

export interface PlacementRequest {
  readonly needs: TaskNeeds;
  /** `service:NAME` or `family:NAME`: its tasks count as alike. */
  readonly group: string;
  /** Of the task definition and of the service or call. */
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
}

/** Why an instance does not take a task (API reference, "API failure reasons"). */
export interface Misfit {
  readonly instance: ContainerInstance;
  readonly reason: string;
}

/** Undefined when the instance can take the task. */
export function misfit(request: PlacementRequest, instance: ContainerInstance): Misfit | undefined {
  const reason = misfitReason(request, instance);
  return reason === undefined ? undefined : { instance, reason };
}

function misfitReason(
  { needs, group, constraints }: PlacementRequest,
  instance: ContainerInstance,
): string | undefined {
  const { architecture } = instance.capacity;
  if (needs.architecture !== undefined && needs.architecture !== architecture) return 'ATTRIBUTE';
  for (const { type, expression = '' } of constraints) {
    const alike = [...instance.tasks].some(({ launch }) => launch.group === group);
    if (type === 'distinctInstance' && alike) {
      return 'DistinctInstance placement constraint unsatisfied.';
    }
    if (type === 'memberOf' && !matchesExpression(expression, instance)) {
      return 'MemberOf placement constraint unsatisfied.';
    }
  }
  const left = remaining(instance);
  if (left.cpu < needs.cpu) return 'RESOURCE:CPU';
  if (left.memoryMiB < needs.memoryMiB) return 'RESOURCE:MEMORY';
  const taken = needs.ports.some(
    ({ hostPort, protocol }) =>
      hostPort !== 0 && [...reservedPorts, ...usedPorts(instance, protocol)].includes(hostPort),
  );
  if (taken) return 'RESOURCE:PORTS';
  if (needs.networkInterface && left.networkInterfaces < 1) return 'RESOURCE:ENI';
  return undefined;
}

/** The instance that the strategies choose, one after the other, and the host ports of the task on it. */
export function chooseInstance(
  world: World,
  request: PlacementRequest,
  fitting: readonly ContainerInstance[],
): TaskPlacement | undefined {
  let left = [...fitting];
  // Without a strategy AWS spreads services over zones, and tasks at random; here always over zones.
  const strategies: readonly PlacementStrategy[] =
    request.strategy.length > 0
      ? request.strategy
      : [{ type: 'spread', field: 'attribute:ecs.availability-zone' }];
  for (const { type, field = '' } of strategies) {
    if (type === 'random') {
      const at = world.random.below(left.length);
      left = left.slice(at, at + 1);
    } else if (type === 'binpack') {
      left = least(left, (instance) =>
        field.toLowerCase() === 'memory' ? remaining(instance).memoryMiB : remaining(instance).cpu,
      );
    } else {
      left = least(left, (instance) => alikeNearby(request, instance, fitting, field));
    }
  }
  const [instance] = left;
  return instance && { instance, bindings: bindings(request.needs, instance) };
}

/** Tasks of the same group on instances that have the same value of the field. */
function alikeNearby(
  { group }: PlacementRequest,
  instance: ContainerInstance,
  all: readonly ContainerInstance[],
  field: string,
): number {
  const attribute = /^attribute:(.+)$/.exec(field)?.[1];
  const place = (of: ContainerInstance) =>
    attribute === undefined ? of.id : of.attributes.get(attribute);
  return all
    .filter((other) => place(other) === place(instance))
    .flatMap(({ tasks }) => [...tasks])
    .filter(({ launch }) => launch.group === group).length;
}

function least<T>(items: readonly T[], of: (item: T) => number): T[] {
  const lowest = Math.min(...items.map(of));
  return items.filter((item) => of(item) === lowest);
}

function bindings(needs: TaskNeeds, instance: ContainerInstance): TaskPlacement['bindings'] {
  const dynamic = needs.ports.filter(({ hostPort }) => hostPort === 0);
  const free = ephemeralPorts(
    [...usedPorts(instance, 'tcp'), ...usedPorts(instance, 'udp')],
    dynamic.length,
  );
  return needs.ports.map(({ containerPort, hostPort, protocol }) => ({
    bindIP: '0.0.0.0',
    containerPort,
    hostPort: hostPort === 0 ? (free.shift() ?? 0) : hostPort,
    protocol,
  }));
}
