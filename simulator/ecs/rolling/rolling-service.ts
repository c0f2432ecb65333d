import type { World } from '../../core/world.ts';
import type { Service } from '../state.ts';
import type { Tasks } from '../tasks.ts';
import type { Announcements } from './announcements.ts';
import { countFailures, isTripped } from './circuit-breaker.ts';
import { DeploymentTasks } from './deployment-tasks.ts';
import { addCensus, isEmpty, isStuck, noTasks, planStep, type RolloutView } from './plan.ts';
import { StartRetries } from './start-retries.ts';
import type { Deployment, ServiceDeployment, ServiceRevision } from './state.ts';
import { Steadiness } from './steadiness.ts';
import { takeStep } from './take-step.ts';

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
  readonly #retries: StartRetries;
  /** The PRIMARY deployment has left its PENDING time. */
  #launched = false;
  readonly #steadiness: Steadiness;
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
    this.#steadiness = new Steadiness(world);
    this.#retries = new StartRetries(world, announce, service, {
      instances: allTasks.placements.instances,
      look: () => this.look(),
      timerKind: () => this.#steadiness.timerKind,
    });
  }

  get primary(): Deployment | undefined {
    return this.deployments[0];
  }

  get isSteady(): boolean {
    return this.#steadiness.isSteady;
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
    this.#retries.startOver();
    this.#launched = false;
    this.#steadiness.startOver();
    return deployment;
  }

  /** Ends the PENDING time: tasks are started from now on. */
  launch(): void {
    this.#launched = true;
    this.look();
  }

  /** Stops every task; the service is INACTIVE once they are gone. */
  drain(): void {
    this.#retries.cancel();
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
    this.#retries.cancel();
    for (const group of this.#groups.values()) group.end();
  }

  #work(): void {
    if (this.service.status !== 'ACTIVE') return;
    for (let step = planStep(this.#view()); !isEmpty(step); step = planStep(this.#view())) {
      takeStep(
        step,
        this.deployments.map((deployment) => this.#groups.get(deployment)),
      );
    }
  }

  #view(): RolloutView {
    const [primary = noTasks, ...others] = this.deployments.map(
      (deployment) => this.#groups.get(deployment)?.census() ?? noTasks,
    );
    const { desiredCount, deploymentConfiguration } = this.service.settings;
    return {
      desiredCount,
      minimumHealthyPercent: deploymentConfiguration.minimumHealthyPercent ?? 100,
      maximumPercent: deploymentConfiguration.maximumPercent ?? 200,
      primary,
      old: others.reduce(addCensus, noTasks),
      mayStart:
        this.#launched &&
        this.#retries.mayStart &&
        this.primary?.rolloutState !== 'FAILED' &&
        !isTripped(this.primary),
      unplaced: this.#retries.waitsForCapacity,
    };
  }

  #assess(): void {
    const { primary } = this;
    if (this.service.status !== 'ACTIVE') {
      if (this.deployments.length === 0) this.#observer.emptied();
      return;
    }
    if (!primary) return;
    const view = this.#view();
    if (primary.rolloutState === 'IN_PROGRESS' && isTripped(this.primary)) {
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
    if (this.#steadiness.becomes(steady)) this.#observer.steady(primary);
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
    return new DeploymentTasks(this.#world, this.#allTasks, deployment, {
      changed: () => this.look(),
      say: (message) => this.#announce.say(this.service, message),
      timerKind: () => this.#steadiness.timerKind,
      running: () => this.#retries.succeeded(),
      refused: (reason) => {
        this.#announce.say(this.service, `failed to launch a task with (error ${reason}).`);
        countFailures(deployment, deployment.failedTasks + 1);
        this.#retries.afterBackoff();
      },
      unplaced: (reason) => this.#retries.waitForCapacity(reason),
      neverRan: (_task, reason) => {
        this.#announce.say(this.service, `was unable to place a task. Reason: ${reason}.`);
        if (deployment.status === 'PRIMARY') this.#retries.later();
      },
      failed: () => countFailures(deployment, deployment.failedTasks + 1),
      // The failure count starts anew with a healthy task (model, Deployment.failedTasks).
      healthy: () => countFailures(deployment, 0),
    });
  }
}
