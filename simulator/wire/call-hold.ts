import type { Clock } from '../core/clock.ts';

/** Time stands still while a request is in flight, from its first byte to its answer (design D11). */
export class CallHold {
  readonly #clock: Clock;
  readonly #reason: string;
  #release: () => void;
  #ended = false;

  constructor(clock: Clock, reason: string) {
    this.#clock = clock;
    this.#reason = reason;
    this.#release = clock.hold(reason, 'call');
  }

  /** Time may pass during `wait`, but not during what the request does afterwards. */
  async without(wait: () => Promise<void>): Promise<void> {
    this.#release();
    await wait();
    if (!this.#ended) this.#release = this.#clock.hold(this.#reason, 'call');
  }

  end(): void {
    this.#ended = true;
    this.#release();
  }
}
