import type { Clock } from '../core/clock.ts';

/** Holds the clock for as long as a function computes, but not while all it does is sleep. */
export class InterruptibleHold {
  readonly #clock: Clock;
  readonly #reason: string;
  #release: () => void;
  #sleep: AbortController | undefined;
  #ended = false;

  constructor(clock: Clock, reason: string) {
    this.#clock = clock;
    this.#reason = reason;
    this.#release = clock.hold(reason);
  }

  /** Lets `ms` of virtual time pass, by a jump when nothing else is in flight. */
  async pause(ms: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    const slept = this.#clock.sleep(ms, { signal: sleep.signal }).catch(() => {});
    this.#release();
    await slept;
    this.resume();
  }

  /** Cuts a pause short: the sleeper is needed, or is being killed, which takes real time. */
  resume(): void {
    const sleep = this.#sleep;
    if (!sleep) return;
    this.#sleep = undefined;
    if (!this.#ended) this.#release = this.#clock.hold(this.#reason);
    sleep.abort();
  }

  end(): void {
    this.#ended = true;
    this.resume();
    this.#release();
  }
}
