import type { Clock } from '../../../functions/core/ports/clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/**
 * Time that stands still while anything can still happen, and then moves to whoever wakes up next. Unlike
 * FakeClock it lets several sleepers wait at once, so that a slow server and a schedule share one time.
 */
export class EventClock implements Clock {
  #nowMs: number;
  #sleepers: Sleeper[] = [];
  #moving = false;

  constructor(startsAtMs = Date.parse('2026-09-01T10:00:00.000Z')) {
    this.#nowMs = startsAtMs;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const sleeper = { dueMs: this.#nowMs + ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', leave, { once: true });
      this.#moveSoon();
    });
  }

  /** Promise chains without I/O end before the next turn of the event loop. */
  #moveSoon(): void {
    if (this.#moving) return;
    this.#moving = true;
    setImmediate(() => {
      this.#moving = false;
      const next = this.#sleepers.toSorted((left, right) => left.dueMs - right.dueMs)[0];
      if (next === undefined) return;
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.wake();
      this.#moveSoon();
    });
  }
}
