import type { TimerKind } from '../../core/clock.ts';
import type { World } from '../../core/world.ts';
import { placementFailureReason, unplacedMessage } from '../instances/unplaced-message.ts';
import { StartBackoff } from '../start-backoff.ts';
import type { Service } from '../state.ts';
import type { Tasks } from '../tasks.ts';
import type { Announcements } from './announcements.ts';
import { DeploymentTasks } from './deployment-tasks.ts';
import {
  type Census,
  isEmpty,
  isStuck,
  planStep,
  type RolloutStep,
  type RolloutView,
} from './plan.ts';
import type { Deployment, ServiceDeployment, ServiceRevision } from './state.ts';

export interface RollingObserver {
  /** As many healthy tasks as desired, none of another deployment. */
  steady(deployment: Deployment): void;
  /** Too many tasks failed. */
  breakerTripped(deployment: Deployment): void;
  /** After every look. */
  changed(): void;
  /** A DRAINING service has no task left. */
  emptied(): void;
}

export interface BeginDeployment {
  readonly revision: ServiceRevision;
  readonly serviceDeployment: ServiceDeployment;
  readonly reason?: string;
  readonly rollbackTo?: string;
}

const longestWaitMs = 60 * 60_000;

/** Moves a service's tasks from its old deployments to the PRIMARY one, within its bounds (aws-facts 2.6). */
export class RollingService {
  readonly service: Service;
  /** Newest, the PRIMARY one, first. */
  deployments: Deployment[] = [];
  readonly #world: World;
  readonly #allTasks: Tasks;
  readonly #announce: Announcements;
  readonly #observer: RollingObserver;
  readonly #groups = new Map<Deployment, DeploymentTasks>();
  #backoff = new StartBackoff();
  #cancelRetry: (() => void) | undefined;
  /** No container instance has room for a task of the PRIMARY deployment. */
  #cancelWait: (() => void) | undefined;
  /** The PRIMARY deployment has left its PENDING time. */
  #launched = false;
  #steady = false;
  #unsteadySinceMs: number;
  #looking = false;
  #stopped = false;

  constructor(
    world: World,
    allTasks: Tasks,
    announce: Announcements,
    service: Service,
    observer: RollingObserver,
  ) {
    this.#world = world;
    this.#allTasks = allTasks;
    this.#announce = announce;
    this.service = service;
    this.#observer = observer;
    this.#unsteadySinceMs = world.clock.now();
  }

  get primary(): Deployment | undefined {
    return this.deployments[0];
  }

  get isSteady(): boolean {
    return this.#steady;
  }

  counts(deployment: Deployment): { runningCount: number; pendingCount: number } {
    const group = this.#groups.get(deployment);
    return {
      runningCount: group?.runningCount ?? 0,
      pendingCount: group?.pendingCount ?? 0,
    };
  }

  /** A new PRIMARY deployment, without tasks until it is launched. */
  begin({ revision, serviceDeployment, reason, rollbackTo }: BeginDeployment): Deployment {
    const now = this.#world.clock.now();
    const id = `ecs-svc/${this.#world.ids.digits(19)}`;
    const deployment: Deployment = {
      id,
      revision,
      serviceDeployment,
      rollbackTo,
      createdAtMs: now,
      tasks: new Set(),
      status: 'PRIMARY',
      updatedAtMs: now,
      failedTasks: 0,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: reason ?? `ECS deployment ${id} in progress.`,
    };
    const former = this.primary;
    if (former) {
      former.status = 'ACTIVE';
      former.updatedAtMs = now;
    }
    this.deployments.unshift(deployment);
    this.#groups.set(deployment, this.#group(deployment));
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#backoff = new StartBackoff();
    this.#launched = false;
    this.#steady = false;
    this.#unsteadySinceMs = now;
    return deployment;
  }

  /** Ends the PENDING time: tasks are started from now on. */
  launch(): void {
    this.#launched = true;
    this.look();
  }

  /** Stops every task; the service is INACTIVE once they are gone. */
  drain(): void {
    this.#cancelRetry?.();
    for (const group of this.#groups.values()) group.stopAll();
    this.look();
  }

  /** Starts and stops tasks until there is nothing to do now. */
  look(): void {
    if (this.#stopped || this.#looking) return;
    this.#looking = true;
    try {
      this.#work();
      this.#forgetEmpty();
    } finally {
      this.#looking = false;
    }
    this.#assess();
    this.#observer.changed();
  }

  /** Nothing is started, judged or retried any more. */
  stop(): void {
    this.#stopped = true;
    this.#cancelRetry?.();
    this.#cancelWait?.();
    for (const group of this.#groups.values()) group.end();
  }

  #work(): void {
    if (this.service.status !== 'ACTIVE') return;
    for (let step = planStep(this.#view()); !isEmpty(step); step = planStep(this.#view())) {
      this.#take(step);
    }
  }

  #view(): RolloutView {
    const [primary = none, ...others] = this.deployments.map(
      (deployment) => this.#groups.get(deployment)?.census() ?? none,
    );
    const { desiredCount, deploymentConfiguration } = this.service.settings;
    return {
      desiredCount,
      minimumHealthyPercent: deploymentConfiguration.minimumHealthyPercent ?? 100,
      maximumPercent: deploymentConfiguration.maximumPercent ?? 200,
      primary,
      old: others.reduce(sum, none),
      mayStart:
        this.#launched &&
        this.#cancelRetry === undefined &&
        this.#cancelWait === undefined &&
        this.primary?.rolloutState !== 'FAILED' &&
        !this.#isTripped(),
      unplaced: this.#cancelWait !== undefined,
    };
  }

  #take(step: RolloutStep): void {
    const [primary, ...newestFirst] = this.deployments.map((deployment) =>
      this.#groups.get(deployment),
    );
    const old = newestFirst.reverse();
    const stopOld = (count: number, conditions: Parameters<DeploymentTasks['stop']>[1]) =>
      old.reduce((left, group) => left - (group?.stop(left, conditions) ?? 0), count);
    stopOld(step.stopOldIdle, ['pending', 'unhealthy']);
    stopOld(step.stopOldUnproven, ['unproven']);
    stopOld(step.stopOldHealthy, ['healthy']);
    primary?.stop(step.stopExcess, ['pending', 'unproven', 'healthy']);
    primary?.stop(step.stopUnhealthy, ['unhealthy']);
    primary?.start(step.start);
  }

  #assess(): void {
    const { primary } = this;
    if (this.service.status !== 'ACTIVE') {
      if (this.deployments.length === 0) this.#observer.emptied();
      return;
    }
    if (!primary) return;
    const view = this.#view();
    if (primary.rolloutState === 'IN_PROGRESS' && this.#isTripped()) {
      this.#observer.breakerTripped(primary);
      return;
    }
    if (this.#launched && isStuck(view)) {
      this.#announce.say(
        this.service,
        'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      );
    }
    const steady =
      this.#launched &&
      this.deployments.length === 1 &&
      view.primary.healthy === view.desiredCount &&
      view.primary.pending + view.primary.unproven + view.primary.unhealthy === 0;
    if (!steady) this.#unsteady();
    else if (!this.#steady) {
      this.#steady = true;
      this.#observer.steady(primary);
    }
  }

  #unsteady(): void {
    if (this.#steady) this.#unsteadySinceMs = this.#world.clock.now();
    this.#steady = false;
  }

  #isTripped(): boolean {
    const { primary } = this;
    if (primary?.rolloutState !== 'IN_PROGRESS') return false;
    const { circuitBreakerThreshold, configuration } = primary.serviceDeployment;
    return (
      configuration.deploymentCircuitBreaker?.enable === true &&
      primary.failedTasks >= circuitBreakerThreshold
    );
  }

  #forgetEmpty(): void {
    for (const [deployment, group] of this.#groups) {
      const leaving = deployment.status === 'ACTIVE' || this.service.status !== 'ACTIVE';
      if (!leaving || group.hasTasks) continue;
      group.end();
      this.#groups.delete(deployment);
      this.deployments = this.deployments.filter((other) => other !== deployment);
    }
  }

  #group(deployment: Deployment): DeploymentTasks {
    const count = (failedTasks: number) => {
      if (deployment.status !== 'PRIMARY' || deployment.rolloutState !== 'IN_PROGRESS') return;
      deployment.failedTasks = failedTasks;
      // What led to a rollback stays on record while the rollback counts anew.
      if (deployment.rollbackTo === undefined) {
        deployment.serviceDeployment.failureCount = failedTasks;
      }
    };
    return new DeploymentTasks(this.#world, this.#allTasks, deployment, {
      changed: () => this.look(),
      say: (message) => this.#announce.say(this.service, message),
      timerKind: () => this.#timerKind(),
      running: () => this.#backoff.succeeded(),
      refused: (reason) => {
        this.#announce.say(this.service, `failed to launch a task with (error ${reason}).`);
        count(deployment.failedTasks + 1);
        this.#retryAfterBackoff();
      },
      unplaced: (reason) => this.#waitForCapacity(reason),
      neverRan: (_task, reason) => {
        this.#announce.say(this.service, `was unable to place a task. Reason: ${reason}.`);
        if (deployment.status === 'PRIMARY') this.#retryLater();
      },
      failed: () => count(deployment.failedTasks + 1),
      // The failure count starts anew with a healthy task (model, Deployment.failedTasks).
      healthy: () => count(0),
    });
  }

  #waitForCapacity(reason: string): void {
    this.#announce.say(this.service, unplacedMessage(reason));
    this.#announce.action(
      this.service,
      'ERROR',
      'SERVICE_TASK_PLACEMENT_FAILURE',
      placementFailureReason(reason),
    );
    this.#cancelWait = this.#allTasks.placements.instances.whenFreed(() => {
      this.#cancelWait = undefined;
      this.look();
    });
  }

  /** Tasks that never reach RUNNING are retried with growing delay (aws-facts 2.6). */
  #retryLater(): void {
    this.#announce.say(this.service, 'is unable to consistently start tasks successfully.');
    this.#announce.action(this.service, 'WARN', 'SERVICE_TASK_START_IMPAIRED');
    this.#retryAfterBackoff();
  }

  #retryAfterBackoff(): void {
    this.#backoff.failed();
    this.#cancelRetry?.();
    this.#cancelRetry = this.#world.clock.schedule(
      this.#backoff.delayMs,
      () => {
        this.#cancelRetry = undefined;
        this.look();
      },
      this.#timerKind(),
    );
  }

  /** No workflow waits longer than an hour for a service; after it, retries no longer make time jump. */
  #timerKind(): TimerKind {
    const unsteadyMs = this.#world.clock.now() - this.#unsteadySinceMs;
    return this.#steady || unsteadyMs < longestWaitMs ? 'waiting' : 'background';
  }
}

const none: Census = { pending: 0, unproven: 0, healthy: 0, unhealthy: 0, protected: 0 };

function sum(one: Census, other: Census): Census {
  return {
    pending: one.pending + other.pending,
    unproven: one.unproven + other.unproven,
    healthy: one.healthy + other.healthy,
    unhealthy: one.unhealthy + other.unhealthy,
    protected: (one.protected ?? 0) + (other.protected ?? 0),
  };
}
