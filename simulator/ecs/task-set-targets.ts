import type { TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { TaskSet } from './state.ts';
import type { Task } from './task.ts';
import { targetOfTask } from './task-target.ts';

/** Nothing listens there: the balancer's answer for a container that does not listen on its port. */
const nowhere = { host: '127.0.0.1', port: 1 };

/** While a deleted service drains, somebody waits for it and time jumps; after a deployment nobody does. */
const drainingLookMs = 10_000;

/** The targets of a task set's running tasks in its target group. */
export class TaskSetTargets {
  readonly #world: World;
  readonly #taskSet: TaskSet;
  readonly #targetGroupArn: string | undefined;
  readonly #containerPort: number;
  readonly #registered = new Set<Task>();
  readonly #unsubscribe: () => void;

  constructor(world: World, taskSet: TaskSet, changed: () => void) {
    this.#world = world;
    this.#taskSet = taskSet;
    this.#targetGroupArn = taskSet.loadBalancer?.targetGroupArn;
    this.#containerPort = taskSet.loadBalancer?.containerPort ?? 0;
    this.#unsubscribe =
      this.#targetGroupArn === undefined
        ? () => {}
        : world.services.elbv2.onTargetHealth(this.#targetGroupArn, changed);
  }

  /** True the first time. */
  register(task: Task): boolean {
    if (this.#targetGroupArn === undefined) return false;
    const isNew = !this.#registered.has(task);
    this.#registered.add(task);
    this.#world.services.elbv2.registerTarget(this.#targetGroupArn, {
      ...this.#key(task),
      address: task.listening.get(this.#containerPort) ?? nowhere,
    });
    return isNew;
  }

  isRegistered(task: Task): boolean {
    return this.#registered.has(task);
  }

  /** Settles when the balancer has forgotten the target, after its deregistration delay. */
  drain(task: Task): Promise<void> {
    const { elbv2 } = this.#world.services;
    const arn = this.#targetGroupArn;
    if (arn === undefined || !this.#registered.delete(task)) return Promise.resolve();
    elbv2.deregisterTarget(arn, this.#key(task));
    if (!this.health(task)) return Promise.resolve();
    return new Promise((resolve) => {
      let cancelLook = () => {};
      const lookAgain = () => {
        const kind = this.#taskSet.service.status === 'DRAINING' ? 'waiting' : 'background';
        cancelLook = this.#world.clock.schedule(drainingLookMs, lookAgain, kind);
      };
      lookAgain();
      const unsubscribe = elbv2.onTargetHealth(arn, () => {
        if (this.health(task)) return;
        unsubscribe();
        cancelLook();
        resolve();
      });
    });
  }

  health(task: Task): TargetHealth | undefined {
    if (this.#targetGroupArn === undefined) return undefined;
    const { id, port } = this.#key(task);
    return this.#world.services.elbv2
      .targetHealth(this.#targetGroupArn)
      .find((health) => health.targetId === id && health.port === port);
  }

  /** Healthy, or not checked because nothing forwards to the group (aws-facts 4.3). */
  isAcceptable(task: Task): boolean {
    if (this.#targetGroupArn === undefined) return true;
    const state = this.health(task)?.state;
    return state === 'healthy' || state === 'unused';
  }

  stop(): void {
    this.#unsubscribe();
  }

  #key(task: Task): { id: string; port: number } {
    return targetOfTask(this.#world, task, this.#targetGroupArn ?? '', this.#containerPort);
  }
}
