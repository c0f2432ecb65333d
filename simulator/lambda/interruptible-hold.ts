import type { Clock } from '../core/clock.ts';

/** Holds the clock for as long as a function computes, but not while all it does is sleep. */
export class InterruptibleHold {
  readonly #clock: Clock;
  readonly #reason: string;
  #release: () => void;
  #ended = false;

  constructor(clock: Clock, reason: string) {
    this.#clock = clock;
    this.#reason = reason;
    this.#release = clock.hold(reason);
  }

  /** Lets `ms` of virtual time pass, by a jump when nothing else is in flight. */
  async pause(ms: number): Promise<void> {
    const slept = this.#clock.sleep(ms);
    this.#release();
    await slept;
    if (!this.#ended) this.#release = this.#clock.hold(this.#reason);
  }

  end(): void {
    this.#ended = true;
    this.#release();
  }
}
