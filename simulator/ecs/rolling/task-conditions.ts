import type { TimerKind } from '../../core/clock.ts';
import type { World } from '../../core/world.ts';
import type { StopCause, Task } from '../task.ts';
import type { DeploymentTargets } from './deployment-targets.ts';
import type { Deployment } from './state.ts';

/** As the scheduler counts a task that is meant to run. */
export type Condition = 'pending' | 'unproven' | 'healthy' | 'unhealthy';

export interface ConditionsObserver {
  changed(): void;
  failed(task: Task): void;
  healthy(task: Task): void;
  say(message: string): void;
  timerKind(): TimerKind;
}

/** Judges the tasks of a deployment by load balancer and container checks, or by time (aws-facts 2.5, 2.6). */
export class TaskConditions {
  readonly #world: World;
  readonly #deployment: Deployment;
  readonly #targets: DeploymentTargets;
  readonly #observer: ConditionsObserver;
  readonly #healthyOnce = new WeakSet<Task>();
  /** A task that failed its checks once is replaced, whatever it answers later. */
  readonly #condemned = new Map<Task, StopCause>();
  readonly #timers = new Set<() => void>();

  constructor(
    world: World,
    deployment: Deployment,
    targets: DeploymentTargets,
    observer: ConditionsObserver,
  ) {
    this.#world = world;
    this.#deployment = deployment;
    this.#targets = targets;
    this.#observer = observer;
  }

  /** Looks again when a task's grace period, or the time without any check, is over. */
  watch(task: Task): void {
    if (!this.#isChecked(task)) this.#settle(task);
    const delays = [
      this.#world.settings.healthyWithoutCheckMs,
      this.#deployment.revision.service.settings.healthCheckGracePeriodSeconds * 1_000,
    ];
    for (const delayMs of new Set(delays.filter((delay) => delay > 0))) {
      const cancel = this.#world.clock.schedule(
        delayMs,
        () => {
          this.#timers.delete(cancel);
          if (task.isRunning) this.#observer.changed();
        },
        this.#observer.timerKind(),
      );
      this.#timers.add(cancel);
    }
  }

  of(task: Task): Condition {
    if (task.isStarting) return 'pending';
    if (this.#condemned.has(task)) return 'unhealthy';
    const cause = this.#failure(task);
    if (cause) {
      this.#condemned.set(task, cause);
      this.#observer.failed(task);
      return 'unhealthy';
    }
    if (!this.#isHealthy(task)) return 'unproven';
    if (!this.#healthyOnce.has(task)) {
      this.#healthyOnce.add(task);
      this.#observer.healthy(task);
    }
    return 'healthy';
  }

  wasHealthy(task: Task): boolean {
    return this.#healthyOnce.has(task);
  }

  /** Why a task that failed its checks is stopped. */
  stopCause(task: Task): StopCause | undefined {
    return this.#condemned.get(task);
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
  }

  #failure(task: Task): StopCause | undefined {
    const { settings } = this.#deployment.revision.service;
    if (this.#runningMs(task) < settings.healthCheckGracePeriodSeconds * 1_000) return undefined;
    if (task.healthStatus === 'UNHEALTHY') {
      this.#observer.say(`(task ${task.id}) failed container health checks.`);
      return scheduler('Task failed container health checks');
    }
    const target = this.#targets.failed(task);
    if (!target) return undefined;
    const group = `(target-group ${target.targetGroupArn})`;
    this.#observer.say(
      `(task ${task.id}) (port ${target.port}) is unhealthy in ${group} due to (reason ${target.description}).`,
    );
    return scheduler(`Task failed ELB health checks in ${group}`);
  }

  #isHealthy(task: Task): boolean {
    const balanced = this.#targets.targetGroupArns.length > 0;
    if (balanced && !this.#targets.areHealthy(task)) return false;
    if (hasHealthCheck(task)) return task.healthStatus === 'HEALTHY';
    return balanced || this.#runningMs(task) >= this.#world.settings.healthyWithoutCheckMs;
  }

  #isChecked(task: Task): boolean {
    return this.#targets.targetGroupArns.length > 0 || hasHealthCheck(task);
  }

  /**
   * Nothing but its end tells that an unchecked container is bad, and a real process needs real time to end:
   * without this, time would jump to its healthy age while it still boots.
   */
  #settle(task: Task): void {
    const { uncheckedTaskSettleMs } = this.#world.settings;
    if (uncheckedTaskSettleMs === 0) return;
    const release = this.#world.clock.hold(`first moments of task ${task.id}`);
    const timer = setTimeout(release, uncheckedTaskSettleMs);
    const settled = () => {
      clearTimeout(timer);
      release();
    };
    this.#timers.add(settled);
    for (const { process } of task.containers) void process?.exited.then(settled);
  }

  #runningMs(task: Task): number {
    return this.#world.clock.now() - (task.startedAtMs ?? this.#world.clock.now());
  }
}

function hasHealthCheck(task: Task): boolean {
  return task.containers.some(
    ({ definition }) => definition.essential !== false && definition.healthCheck,
  );
}

function scheduler(reason: string): StopCause {
  return { code: 'ServiceSchedulerInitiated', reason };
}
