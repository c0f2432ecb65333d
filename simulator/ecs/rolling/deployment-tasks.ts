import type { TimerKind } from '../../core/clock.ts';
import type { World } from '../../core/world.ts';
import type { CapacityLaunches } from '../capacity-launches.ts';
import type { StopCause, Task } from '../task.ts';
import type { Tasks } from '../tasks.ts';
import { deploymentLaunches } from './deployment-launch.ts';
import { DeploymentTargets } from './deployment-targets.ts';
import type { Census } from './plan.ts';
import type { Deployment } from './state.ts';
import { type Condition, TaskConditions } from './task-conditions.ts';

export interface DeploymentTasksObserver {
  /** Counts, health or a clock that was waited for: look again. */
  changed(): void;
  /** A task that came up. */
  running(task: Task): void;
  /** ECS could not even begin one. */
  refused(reason: string): void;
  /** No container instance has room for one more. */
  unplaced(reason: string): void;
  /** Never reached RUNNING. */
  neverRan(task: Task, reason: string): void;
  /** What counts for the circuit breaker: it ended or failed its checks before it was ever healthy, or later failed its checks. */
  failed(task: Task): void;
  /** Healthy for the first time. */
  healthy(task: Task): void;
  say(message: string): void;
  timerKind(): TimerKind;
}

/** The tasks of one deployment: starts, judges, drains and stops them as it is told. */
export class DeploymentTasks {
  readonly deployment: Deployment;
  readonly #world: World;
  readonly #allTasks: Tasks;
  readonly #observer: DeploymentTasksObserver;
  readonly #launches: CapacityLaunches;
  readonly #targets: DeploymentTargets;
  readonly #conditions: TaskConditions;
  readonly #seenRunning = new Set<Task>();
  readonly #seenEnding = new Set<Task>();
  readonly #draining = new Map<Task, Promise<void>>();
  #ended = false;

  constructor(
    world: World,
    allTasks: Tasks,
    deployment: Deployment,
    observer: DeploymentTasksObserver,
  ) {
    this.deployment = deployment;
    this.#world = world;
    this.#allTasks = allTasks;
    this.#observer = observer;
    this.#launches = deploymentLaunches(deployment);
    const { loadBalancers } = deployment.revision.workload;
    this.#targets = new DeploymentTargets(world, loadBalancers, () => this.#changed());
    this.#conditions = new TaskConditions(world, deployment, this.#targets, {
      ...observer,
      changed: () => this.#changed(),
    });
  }

  census(): Census {
    const of = (condition: Condition) => this.#in(condition);
    const [unproven, healthy] = [of('unproven'), of('healthy')];
    const kept = [...unproven, ...healthy].filter(({ isProtected }) => isProtected);
    const keptUnproven = unproven.filter(({ isProtected }) => isProtected).length;
    return {
      pending: of('pending').length,
      unproven: unproven.length - keptUnproven,
      healthy: healthy.length + keptUnproven,
      unhealthy: of('unhealthy').length,
      ...(kept.length > 0 && { protected: kept.length }),
    };
  }

  get pendingCount(): number {
    return this.#wanted().filter((task) => task.isStarting).length;
  }

  get runningCount(): number {
    return this.#wanted().filter((task) => task.isRunning).length;
  }

  /** True while any task, draining ones included, is not STOPPED. */
  get hasTasks(): boolean {
    return [...this.deployment.tasks].some((task) => task.lastStatus !== 'STOPPED');
  }

  start(count: number): void {
    const { tasks, revision } = this.deployment;
    const launches = Array.from({ length: count }, () => this.#launches.next());
    const [refusal] = launches
      .slice(0, 1)
      .flatMap((launch) => this.#allTasks.refusal(launch) ?? []);
    if (refusal !== undefined) {
      this.#observer.refused(refusal);
      return;
    }
    const started: Task[] = [];
    for (const launch of launches) {
      const { placementConstraints: constraints, placementStrategy: strategy } =
        revision.service.settings;
      const { unplaced, ...placed } = this.#allTasks.placements.place(launch, {
        constraints,
        strategy,
      });
      if (unplaced) {
        this.#observer.unplaced(unplaced.reason);
        break;
      }
      const task = this.#allTasks.start({
        launch,
        ...placed,
        timerKind: this.#observer.timerKind(),
        observer: {
          changed: (changed) => this.#taskChanged(changed),
          listening: (listening) => void this.#targets.register(listening),
          drained: (drained) => this.#drain([drained]),
          unprotected: () => this.#changed(),
        },
        forgotten: (forgotten) => {
          tasks.delete(forgotten);
          revision.service.tasks.delete(forgotten);
        },
      });
      tasks.add(task);
      revision.service.tasks.add(task);
      started.push(task);
    }
    if (started.length > 0) {
      this.#observer.say(`has started ${started.length} tasks: ${named(started)}.`);
    }
  }

  /** Stops up to `count` tasks in the first of these conditions, then in the next; returns how many. */
  stop(count: number, conditions: readonly Condition[], evenProtected = false): number {
    const leaving = conditions
      .flatMap((condition) => this.#in(condition))
      .filter((task) => evenProtected || !task.isProtected || this.#conditions.stopCause(task))
      .slice(0, count);
    if (leaving.length === 0) return 0;
    const balanced = leaving.some((task) => this.#targets.isRegistered(task));
    const drained = this.#drain(leaving);
    for (const task of leaving) void task.stop(this.#conditions.stopCause(task) ?? this.#scaling());
    const told = () =>
      this.#observer.say(`has stopped ${leaving.length} running tasks: ${named(leaving)}.`);
    if (balanced) void drained.then(told);
    else told();
    return leaving.length;
  }

  stopAll(): void {
    this.stop(this.deployment.tasks.size, ['pending', 'unproven', 'unhealthy', 'healthy'], true);
  }

  /** Nothing is heard of its tasks any more. */
  end(): void {
    this.#ended = true;
    this.#targets.stop();
    this.#conditions.stop();
  }

  #wanted(): Task[] {
    return [...this.deployment.tasks].filter((task) => task.desiredStatus === 'RUNNING');
  }

  /** Newest first; of the failed ones those that failed first. */
  #in(condition: Condition): Task[] {
    const found = this.#wanted().filter((task) => this.#conditions.of(task) === condition);
    const newestFirst = this.#world.settings.tasksStoppedFirst === 'newest';
    return condition === 'unhealthy' || !newestFirst ? found : found.reverse();
  }

  #scaling(): StopCause {
    return {
      code: 'ServiceSchedulerInitiated',
      reason: `Scaling activity initiated by (deployment ${this.deployment.id})`,
    };
  }

  /** Takes tasks out of the load balancers; a task that already drains is waited for. */
  async #drain(tasks: readonly Task[]): Promise<void> {
    const leaving = tasks.filter((task) => this.#targets.isRegistered(task));
    for (const targetGroupArn of leaving.length > 0 ? this.#targets.targetGroupArns : []) {
      this.#observer.say(
        `deregistered ${leaving.length} targets in (target-group ${targetGroupArn})`,
      );
    }
    if (leaving.length > 0) {
      this.#observer.say(`has begun draining connections on ${leaving.length} tasks.`);
    }
    for (const task of leaving) this.#draining.set(task, this.#targets.drain(task));
    await Promise.all(tasks.map((task) => this.#draining.get(task)));
    for (const task of leaving) this.#draining.delete(task);
  }

  #taskChanged(task: Task): void {
    if (this.#ended) return;
    if (task.isRunning && !this.#seenRunning.has(task)) {
      this.#seenRunning.add(task);
      this.#observer.running(task);
      if (this.#targets.register(task)) {
        for (const targetGroupArn of this.#targets.targetGroupArns) {
          this.#observer.say(`registered 1 targets in (target-group ${targetGroupArn})`);
        }
      }
      this.#conditions.watch(task);
    }
    if (task.isStopping && !this.#seenEnding.has(task)) this.#ending(task);
    this.#changed();
  }

  #ending(task: Task): void {
    this.#seenEnding.add(task);
    const { code, reason = '' } = task.stopCause ?? {};
    if (code === 'TaskFailedToStart') this.#observer.neverRan(task, reason);
    const early = !this.#conditions.wasHealthy(task);
    if (early && (code === 'TaskFailedToStart' || code === 'EssentialContainerExited')) {
      this.#observer.failed(task);
    }
  }

  #changed(): void {
    if (!this.#ended) this.#observer.changed();
  }
}

function named(tasks: readonly Task[]): string {
  return tasks.map(({ id }) => `(task ${id})`).join(' ');
}
