import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { TargetHealth } from '../../core/services.ts';
import type { World } from '../../core/world.ts';
import type { Task } from '../task.ts';
import { targetOfTask } from '../task-target.ts';

/** Nothing listens there: the balancer's answer for a container that does not listen on its port. */
const nowhere = { host: '127.0.0.1', port: 1 };

const drainingLookMs = 10_000;

export interface FailedTarget {
  readonly targetGroupArn: string;
  readonly port: number;
  readonly description: string;
}

interface Registration {
  readonly targetGroupArn: string;
  readonly port: number;
}

/** Targets of one deployment's tasks in each of the service's target groups. */
export class DeploymentTargets {
  readonly #world: World;
  readonly #registrations: readonly Registration[];
  readonly #registered = new Set<Task>();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(world: World, loadBalancers: readonly LoadBalancer[], changed: () => void) {
    this.#world = world;
    this.#registrations = loadBalancers.flatMap(({ targetGroupArn, containerPort }) =>
      targetGroupArn && containerPort ? [{ targetGroupArn, port: containerPort }] : [],
    );
    this.#unsubscribe = this.#registrations.map(({ targetGroupArn }) =>
      world.services.elbv2.onTargetHealth(targetGroupArn, changed),
    );
  }

  get targetGroupArns(): string[] {
    return this.#registrations.map(({ targetGroupArn }) => targetGroupArn);
  }

  /** True the first time, when there is a target group at all. */
  register(task: Task): boolean {
    const isNew = this.#registrations.length > 0 && !this.#registered.has(task);
    if (this.#registrations.length > 0) this.#registered.add(task);
    for (const { targetGroupArn, port } of this.#registrations) {
      this.#world.services.elbv2.registerTarget(targetGroupArn, {
        ...targetOfTask(this.#world, task, targetGroupArn, port),
        address: task.listening.get(port) ?? nowhere,
      });
    }
    return isNew;
  }

  isRegistered(task: Task): boolean {
    return this.#registered.has(task);
  }

  /** Settles when every balancer has forgotten the task, after the deregistration delays. */
  async drain(task: Task): Promise<void> {
    if (!this.#registered.delete(task)) return;
    await Promise.all(
      this.#registrations.map((registration) => this.#drainOne(registration, task)),
    );
  }

  /** Healthy everywhere, or not checked because nothing forwards to the group (aws-facts 4.3). */
  areHealthy(task: Task): boolean {
    return this.#healths(task).every(({ health }) =>
      ['healthy', 'unused'].includes(health?.state ?? ''),
    );
  }

  failed(task: Task): FailedTarget | undefined {
    const found = this.#healths(task).find(({ health }) => health?.state === 'unhealthy');
    return (
      found && {
        targetGroupArn: found.targetGroupArn,
        port: found.port,
        description: found.health?.description ?? '',
      }
    );
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #healths(task: Task): (Registration & { health: TargetHealth | undefined })[] {
    return this.#registrations.map((registration) => ({
      ...registration,
      health: this.#health(registration, task),
    }));
  }

  #health({ targetGroupArn, port }: Registration, task: Task): TargetHealth | undefined {
    const target = targetOfTask(this.#world, task, targetGroupArn, port);
    return this.#world.services.elbv2
      .targetHealth(targetGroupArn)
      .find((health) => health.targetId === target.id && health.port === target.port);
  }

  #drainOne(registration: Registration, task: Task): Promise<void> {
    const { elbv2 } = this.#world.services;
    const { targetGroupArn, port } = registration;
    elbv2.deregisterTarget(targetGroupArn, targetOfTask(this.#world, task, targetGroupArn, port));
    if (!this.#health(registration, task)) return Promise.resolve();
    return new Promise((resolve) => {
      // The deployment waits for it, so that time may jump over the deregistration delay.
      let cancelLook = () => {};
      const lookAgain = () => {
        cancelLook = this.#world.clock.schedule(drainingLookMs, lookAgain);
      };
      lookAgain();
      const unsubscribe = elbv2.onTargetHealth(targetGroupArn, () => {
        if (this.#health(registration, task)) return;
        unsubscribe();
        cancelLook();
        resolve();
      });
    });
  }
}
