import type { CapacityProviderStrategyItem, LaunchType } from '@aws-sdk/client-ecs';
import { fargateProviders, spread } from './capacity-strategy.ts';
import type { TaskLaunch } from './task-launch.ts';

/** What decides where tasks run: a launch type, unless a strategy has items. */
export interface Capacity {
  readonly launchType: LaunchType | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
}

/** What the tasks of a service's part are started from: one launch for each kind of capacity. */
export class CapacityLaunches {
  readonly #capacity: Capacity;
  readonly #base: Omit<TaskLaunch, 'launchType' | 'capacityProviderName'>;
  readonly #byProvider = new Map<string | undefined, TaskLaunch>();
  #started = 0;

  constructor(capacity: Capacity, base: Omit<TaskLaunch, 'launchType' | 'capacityProviderName'>) {
    this.#capacity = capacity;
    this.#base = base;
  }

  /** The launch of the next task. */
  next(): TaskLaunch {
    const { launchType = 'FARGATE', capacityProviderStrategy: strategy } = this.#capacity;
    this.#started++;
    const provider = strategy.length > 0 ? spread(strategy, this.#started).at(-1) : undefined;
    const known = this.#byProvider.get(provider);
    if (known) return known;
    const launch: TaskLaunch = {
      ...this.#base,
      launchType: provider === undefined ? launchType : launchTypeOf(provider),
      ...(provider !== undefined && { capacityProviderName: provider }),
    };
    this.#byProvider.set(provider, launch);
    return launch;
  }

  /** True for a task that was started from here. */
  has(launch: TaskLaunch): boolean {
    return this.#byProvider.get(launch.capacityProviderName) === launch;
  }
}

/** What a provider's tasks show as their launch type. */
export function launchTypeOf(provider: string): LaunchType {
  return fargateProviders.some((name) => name === provider) ? 'FARGATE' : 'EC2';
}

/** True unless all tasks run on Fargate. */
export function usesInstances({ launchType, capacityProviderStrategy }: Capacity): boolean {
  return capacityProviderStrategy.length > 0
    ? capacityProviderStrategy.some(
        ({ capacityProvider = '' }) => launchTypeOf(capacityProvider) === 'EC2',
      )
    : launchType === 'EC2';
}

/** One of the two members, as every shape shows it. */
export function describeCapacity({ launchType, capacityProviderStrategy }: Capacity) {
  return capacityProviderStrategy.length > 0
    ? { capacityProviderStrategy: [...capacityProviderStrategy] }
    : { ...(launchType !== undefined && { launchType }) };
}
