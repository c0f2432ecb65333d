import type { HealthCheck, HealthStatus } from '@aws-sdk/client-ecs';
import type { TimerKind } from '../core/clock.ts';
import type { World } from '../core/world.ts';

/** Seconds and counts that AWS fills in (aws-facts 2.5); no start period unless given. */
export const healthCheckDefaults = { interval: 30, timeout: 5, retries: 3 } as const;

export interface HealthCheckHost {
  /** Runs the command; resolves with its exit code, 0 for healthy. The signal aborts at the timeout. */
  readonly run: (signal: AbortSignal) => Promise<number>;
  /** After every change of status. */
  readonly changed: (status: HealthStatus) => void;
}

/**
 * Docker's health check on virtual time: first after one interval; a success is HEALTHY at once; so many failures
 * in a row are UNHEALTHY, those in the start period not counted until a first success (aws-facts 2.5).
 */
export class ContainerHealthCheck {
  readonly #world: World;
  readonly #check: HealthCheck;
  readonly #host: HealthCheckHost;
  readonly #startedAtMs: number;
  #status: HealthStatus = 'UNKNOWN';
  #failures = 0;
  #everPassed = false;
  #stopped = false;
  #cancel = () => {};

  constructor(world: World, check: HealthCheck, host: HealthCheckHost) {
    this.#world = world;
    this.#check = check;
    this.#host = host;
    this.#startedAtMs = world.clock.now();
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #plan(): void {
    const intervalMs = (this.#check.interval ?? healthCheckDefaults.interval) * 1_000;
    this.#cancel = this.#world.clock.schedule(intervalMs, () => void this.#run(), this.#kind());
  }

  /** Somebody waits for the first verdict, and for the one that ends a row of failures. */
  #kind(): TimerKind {
    const settled =
      this.#status !== 'UNKNOWN' && (this.#failures === 0 || this.#status === 'UNHEALTHY');
    return settled ? 'background' : 'waiting';
  }

  async #run(): Promise<void> {
    const passed = await this.#world.clock.during('a container health check', () => this.#passes());
    if (this.#stopped) return;
    const before = this.#status;
    if (passed) {
      this.#everPassed = true;
      this.#failures = 0;
      this.#status = 'HEALTHY';
    } else if (!this.#isStarting()) {
      this.#failures++;
      const retries = this.#check.retries ?? healthCheckDefaults.retries;
      if (this.#failures >= retries) this.#status = 'UNHEALTHY';
    }
    this.#plan();
    if (this.#status !== before) this.#host.changed(this.#status);
  }

  #isStarting(): boolean {
    const startMs = (this.#check.startPeriod ?? 0) * 1_000;
    return !this.#everPassed && this.#world.clock.now() - this.#startedAtMs < startMs;
  }

  /** The command runs for real, and time with it, so its timeout is one of real seconds. */
  async #passes(): Promise<boolean> {
    const timeoutMs = (this.#check.timeout ?? healthCheckDefaults.timeout) * 1_000;
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<number>((resolve) => {
      timer = setTimeout(() => {
        resolve(1);
        abort.abort();
      }, timeoutMs);
    });
    try {
      return (await Promise.race([this.#host.run(abort.signal), timedOut])) === 0;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
