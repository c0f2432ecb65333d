import { performance } from 'node:perf_hooks';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { QualifiedFunction } from './function-definition.ts';
import { InterruptibleHold } from './interruptible-hold.ts';
import { RunningInvocation, type RunResult } from './running-invocation.ts';

/** Init phase: 10 s; overrun repeats it inside the first invocation's own time (aws-facts 6). */
const initLimitMs = 10_000;
/** Runs one version of a function: keeps its environments, starts another one when all are busy. */
export class FunctionRunner {
  readonly #world: World;
  readonly #target: QualifiedFunction;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #holds = new Set<InterruptibleHold>();
  #stopped = false;

  constructor(world: World, target: QualifiedFunction) {
    this.#world = world;
    this.#target = target;
  }

  /** Environments that are running an invocation now. */
  get busy(): number {
    return this.#environments.size - this.#idle.length;
  }

  /** Holds the clock: a function runs in real time, on a virtual date, but for its sleeps. */
  async run(payload: unknown, requestId: string, invokedArn: string): Promise<RunResult> {
    const { name } = this.#target.definition;
    const hold = new InterruptibleHold(this.#world.clock, `function ${name} (${requestId})`);
    this.#holds.add(hold);
    try {
      const invocation = new RunningInvocation({
        world: this.#world,
        target: this.#target,
        requestId,
        invokedArn,
        hold,
      });
      const environment = this.#takeIdle();
      if (!environment) return await this.#runCold(invocation, payload);
      return await invocation.run(environment, payload).finally(() => this.#keep(environment));
    } finally {
      this.#holds.delete(hold);
      hold.end();
    }
  }

  /** Kills the environments that are running an invocation. */
  async crash(): Promise<void> {
    const busy = [...this.#environments].filter((each) => !this.#idle.includes(each));
    await Promise.all(busy.map((environment) => environment.kill()));
  }

  /** Lets `ms` of virtual time pass while invocations run. */
  async pause(ms: number): Promise<void> {
    await Promise.all([...this.#holds].map((hold) => hold.pause(ms)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#environments].map((environment) => environment.kill()));
    this.#environments.clear();
    this.#idle.length = 0;
  }

  async #runCold(invocation: RunningInvocation, payload: unknown): Promise<RunResult> {
    const startedAt = performance.now();
    const first = await this.#open();
    const overrun = await this.#within(initLimitMs, first.whenIdle());
    if (!overrun) {
      const durationMs = performance.now() - startedAt;
      return invocation.run(first, payload, { durationMs }).finally(() => this.#keep(first));
    }
    await this.#discard(first);
    const second = await this.#open();
    const init = { durationMs: undefined };
    return invocation.run(second, payload, init).finally(() => this.#keep(second));
  }

  async #open(): Promise<ExecutionEnvironment> {
    if (this.#stopped) throw new AwsError('ServiceException', 'The simulator is stopping');
    const { definition, version } = this.#target;
    const environment = new ExecutionEnvironment(this.#world, definition, version);
    this.#environments.add(environment);
    await environment.start();
    return environment;
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    for (let next = this.#idle.pop(); next; next = this.#idle.pop()) {
      if (next.alive) return next;
      this.#environments.delete(next);
    }
    return undefined;
  }

  #keep(environment: ExecutionEnvironment): void {
    if (environment.alive && !this.#stopped) this.#idle.push(environment);
    else this.#environments.delete(environment);
  }

  async #discard(environment: ExecutionEnvironment): Promise<void> {
    await environment.kill();
    this.#environments.delete(environment);
  }

  /** True when `limitMs` went by first. */
  #within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#world.clock.schedule(limitMs, () => resolve(true));
      void work.then(() => {
        cancel();
        resolve(false);
      });
    });
  }
}
