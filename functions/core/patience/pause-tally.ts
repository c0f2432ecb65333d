import type { Clock } from '../ports/clock.ts';

/** How long somebody was waiting; those who wait at the same time count once. */
export class PauseTally {
  readonly #clock: Pick<Clock, 'now'>;
  #waiting = 0;
  #sinceMs = 0;
  #endedMs = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  async during(pause: () => Promise<void>): Promise<void> {
    if (this.#waiting++ === 0) this.#sinceMs = this.#clock.now();
    try {
      await pause();
    } finally {
      if (--this.#waiting === 0) this.#endedMs += this.#clock.now() - this.#sinceMs;
    }
  }

  /** Milliseconds until now. */
  get totalMs(): number {
    return this.#endedMs + (this.#waiting === 0 ? 0 : this.#clock.now() - this.#sinceMs);
  }
}
