import type { TimerKind } from '../core/clock.ts';
import type { World } from '../core/world.ts';
import { CapacityLaunches } from './capacity-launches.ts';
import { StartBackoff } from './start-backoff.ts';
import type { TaskSet } from './state.ts';
import type { StopCause, Task } from './task.ts';
import { passesContainerChecks } from './task-health.ts';
import { TaskSetTargets } from './task-set-targets.ts';
import type { Tasks } from './tasks.ts';

export interface SchedulerObserver {
  /** After every change of counts or health; `taskSet.stabilityStatus` is up to date. */
  taskSetChanged(taskSet: TaskSet): void;
  becameSteady(taskSet: TaskSet): void;
  say(taskSet: TaskSet, message: string): void;
  /** No container instance takes one more task. */
  unplaced(taskSet: TaskSet, reason: string): void;
}

/** No workflow waits longer than this for a task set; after it, retries no longer make time jump. */
const longestWaitMs = 60 * 60_000;

/** Keeps one task set at its desired count: starts, replaces, drains and stops its tasks (aws-facts 2.4, 2.6). */
export class TaskSetScheduler {
  readonly taskSet: TaskSet;
  readonly #world: World;
  readonly #allTasks: Tasks;
  readonly #launches: CapacityLaunches;
  readonly #observer: SchedulerObserver;
  readonly #targets: TaskSetTargets;
  readonly #backoff = new StartBackoff();
  readonly #judging = new Set<Task>();
  #cancelRetry: (() => void) | undefined;
  /** No container instance has room. */
  #cancelWait: (() => void) | undefined;
  #unsteadySinceMs: number;
  #stopped = false;

  constructor(world: World, tasks: Tasks, taskSet: TaskSet, observer: SchedulerObserver) {
    this.#world = world;
    this.#allTasks = tasks;
    this.taskSet = taskSet;
    this.#launches = launchesOf(taskSet);
    this.#observer = observer;
    this.#unsteadySinceMs = world.clock.now();
    this.#targets = new TaskSetTargets(world, taskSet, () => this.#healthChanged());
  }

  /** Rounded up (aws-facts 2.4). */
  get computedDesiredCount(): number {
    const { status, service, scalePercent } = this.taskSet;
    return status === 'DRAINING'
      ? 0
      : Math.ceil((service.settings.desiredCount * scalePercent) / 100);
  }

  get pendingCount(): number {
    return this.#tasks().filter((task) => task.isStarting && task.desiredStatus === 'RUNNING')
      .length;
  }

  get runningCount(): number {
    return this.#tasks().filter((task) => task.isRunning).length;
  }

  /** True while any task, draining ones included, is not STOPPED. */
  get hasTasks(): boolean {
    return this.#tasks().some((task) => task.lastStatus !== 'STOPPED');
  }

  /** Starts or stops tasks until the count is as desired. */
  reconcile(): void {
    if (this.#stopped) return;
    const live = this.#tasks().filter((task) => task.desiredStatus === 'RUNNING');
    const missing = this.computedDesiredCount - live.length;
    if (missing > 0 && !this.#cancelRetry && !this.#cancelWait) this.#startTasks(missing);
    const dispensable =
      this.taskSet.status === 'DRAINING' ? live : live.filter((task) => !task.isProtected);
    for (const task of missing < 0 ? dispensable.slice(missing) : []) {
      this.#stopTask(task, {
        code: 'ServiceSchedulerInitiated',
        reason: `Scaling activity initiated by (deployment ${this.taskSet.id})`,
      });
    }
    this.#assess();
  }

  /** Tasks of the set leave the load balancer through this. */
  async drain(task: Task): Promise<void> {
    if (this.#targets.isRegistered(task)) {
      this.#observer.say(this.taskSet, 'has begun draining connections on 1 tasks.');
      this.#observer.say(
        this.taskSet,
        `deregistered 1 targets in (target-group ${this.taskSet.loadBalancer?.targetGroupArn})`,
      );
    }
    await this.#targets.drain(task);
  }

  /** Nothing is started, judged or retried any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelRetry?.();
    this.#cancelWait?.();
    this.#targets.stop();
  }

  #tasks(): Task[] {
    return [...this.taskSet.service.tasks].filter(({ launch }) => this.#launches.has(launch));
  }

  #startTasks(count: number): void {
    const launches = Array.from({ length: count }, () => this.#launches.next());
    const [refusal] = launches
      .slice(0, 1)
      .flatMap((launch) => this.#allTasks.refusal(launch) ?? []);
    if (refusal !== undefined) {
      this.#observer.say(this.taskSet, `failed to launch a task with (error ${refusal}).`);
      this.#retryLater();
      return;
    }
    const started: Task[] = [];
    for (const launch of launches) {
      const { placementConstraints: constraints, placementStrategy: strategy } =
        this.taskSet.service.settings;
      const { unplaced, ...placed } = this.#allTasks.placements.place(launch, {
        constraints,
        strategy,
      });
      if (unplaced) {
        this.#waitForCapacity(unplaced.reason);
        break;
      }
      const task = this.#allTasks.start({
        launch,
        ...placed,
        timerKind: this.#timerKind(),
        observer: {
          changed: (changed) => this.#taskChanged(changed),
          listening: (listening) => this.#targets.register(listening),
          drained: (drained) => this.drain(drained),
          unprotected: () => this.reconcile(),
        },
        forgotten: (forgotten) => this.taskSet.service.tasks.delete(forgotten),
      });
      this.taskSet.service.tasks.add(task);
      started.push(task);
    }
    if (started.length === 0) return;
    const names = started.map(({ id }) => `(task ${id})`).join(' ');
    this.#observer.say(this.taskSet, `has started ${started.length} tasks: ${names}.`);
  }

  #waitForCapacity(reason: string): void {
    this.#observer.unplaced(this.taskSet, reason);
    this.#cancelWait = this.#allTasks.placements.instances.whenFreed(() => {
      this.#cancelWait = undefined;
      this.reconcile();
    });
  }

  #stopTask(task: Task, cause: StopCause): void {
    this.#observer.say(this.taskSet, `has stopped 1 running tasks: (task ${task.id}).`);
    void task.stop(cause);
  }

  #taskChanged(task: Task): void {
    if (this.#stopped) return;
    if (task.isRunning) {
      this.#backoff.succeeded();
      if (this.#targets.register(task)) {
        this.#observer.say(
          this.taskSet,
          `registered 1 targets in (target-group ${this.taskSet.loadBalancer?.targetGroupArn})`,
        );
      }
    }
    if (task.lastStatus === 'STOPPING' && task.stopCause?.code === 'TaskFailedToStart') {
      this.#observer.say(this.taskSet, 'is unable to consistently start tasks successfully.');
      this.#retryLater();
    }
    if (task.isRunning) this.#judge(task);
    this.reconcile();
  }

  #retryLater(): void {
    this.#backoff.failed();
    this.#cancelRetry?.();
    this.#cancelRetry = this.#world.clock.schedule(
      this.#backoff.delayMs,
      () => {
        this.#cancelRetry = undefined;
        this.reconcile();
      },
      this.#timerKind(),
    );
  }

  #healthChanged(): void {
    if (this.#stopped) return;
    for (const task of this.#tasks()) if (task.isRunning) this.#judge(task);
    this.#assess();
  }

  /** Failing checks, the balancer's and the containers', count only after the service's grace period (aws-facts 2.5). */
  #judge(task: Task): void {
    const health = this.#targets.health(task);
    const unhealthyTarget = health?.state === 'unhealthy';
    const isFailing = unhealthyTarget || task.healthStatus === 'UNHEALTHY';
    if (!isFailing || this.#judging.has(task)) return;
    const graceMs = this.taskSet.service.settings.healthCheckGracePeriodSeconds * 1_000;
    const remainingMs = (task.startedAtMs ?? 0) + graceMs - this.#world.clock.now();
    if (remainingMs > 0) {
      this.#judging.add(task);
      this.#world.clock.schedule(
        remainingMs,
        () => {
          this.#judging.delete(task);
          if (task.isRunning && !this.#stopped) this.#judge(task);
        },
        this.#timerKind(),
      );
      return;
    }
    if (!unhealthyTarget) {
      this.#stopTask(task, {
        code: 'ServiceSchedulerInitiated',
        reason: 'Task failed container health checks',
      });
      return;
    }
    const group = `(target-group ${this.taskSet.loadBalancer?.targetGroupArn})`;
    this.#observer.say(
      this.taskSet,
      `(task ${task.id}) (port ${this.taskSet.loadBalancer?.containerPort}) is unhealthy in ${group} due to (reason ${health.description}).`,
    );
    this.#stopTask(task, {
      code: 'ServiceSchedulerInitiated',
      reason: `Task failed ELB health checks in ${group}`,
    });
  }

  /** STEADY_STATE: as many run as desired, none is pending, every target is acceptable (aws-facts 2.4). */
  #assess(): void {
    const { taskSet } = this;
    const running = this.#tasks().filter((task) => task.isRunning);
    const steady =
      running.length === this.computedDesiredCount &&
      this.pendingCount === 0 &&
      running.every(
        (task) => this.#targets.isAcceptable(task) && passesContainerChecks(task.containers),
      );
    const status = steady ? 'STEADY_STATE' : 'STABILIZING';
    const changed = taskSet.stabilityStatus !== status;
    if (changed) {
      taskSet.stabilityStatus = status;
      taskSet.stabilityStatusAtMs = this.#world.clock.now();
      this.#unsteadySinceMs = this.#world.clock.now();
    }
    this.#observer.taskSetChanged(taskSet);
    if (changed && steady && taskSet.status !== 'DRAINING') this.#observer.becameSteady(taskSet);
  }

  #timerKind(): TimerKind {
    const unsteadyMs = this.#world.clock.now() - this.#unsteadySinceMs;
    return this.taskSet.stabilityStatus === 'STEADY_STATE' || unsteadyMs < longestWaitMs
      ? 'waiting'
      : 'background';
  }
}

function launchesOf(taskSet: TaskSet): CapacityLaunches {
  const { id, service, taskDefinition, networkConfiguration, platformVersion } = taskSet;
  return new CapacityLaunches(taskSet, {
    cluster: service.cluster,
    taskDefinition,
    group: `service:${service.name}`,
    startedBy: id,
    serviceRegistries: taskSet.serviceRegistries,
    networkConfiguration,
    platformVersion,
    enableExecuteCommand: service.enableExecuteCommand,
    resolvedImages: taskSet.resolvedImages,
  });
}
