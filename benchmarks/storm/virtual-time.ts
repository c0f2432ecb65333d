import { setImmediate } from 'node:timers/promises';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/**
 * Time in which nothing lasts but what somebody sleeps. While `run` works, the process's own Date.now and setTimeout are
 * this clock's, so that the SDK's retries, which know no other, take no real time either. Nothing else may wait for
 * input or output meanwhile.
 */
export class VirtualTime {
  #nowMs: number;
  #order = 0;
  /** A heap: the timer that is due first is the first member. */
  readonly #timers: Timer[] = [];

  constructor(startMs = Date.parse('2026-09-01T10:00:00Z')) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.#schedule(ms, resolve));
  }

  /** `random` is everybody's meanwhile: the SDK's jitter has no seed of its own. */
  async run<T>(work: () => Promise<T>, random: () => number): Promise<T> {
    const real = { now: Date.now, random: Math.random, setTimeout: globalThis.setTimeout };
    Math.random = random;
    Date.now = this.now;
    globalThis.setTimeout = ((fire: () => void, ms = 0) =>
      this.#schedule(ms, fire)) as unknown as typeof setTimeout;
    try {
      let done = false;
      const result = work().finally(() => {
        done = true;
      });
      // A failure is thrown by the await below, when the loop has seen that it is over.
      result.catch(() => undefined);
      for (await setImmediate(); !done; await setImmediate()) this.#fireNext();
      return await result;
    } finally {
      Date.now = real.now;
      Math.random = real.random;
      globalThis.setTimeout = real.setTimeout;
    }
  }

  /** All that are due at the same instant at once. */
  #fireNext(): void {
    const next = this.#timers[0];
    if (next === undefined) throw new Error('Something waits for what is no timer');
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    while ((this.#timers[0]?.dueMs ?? Number.POSITIVE_INFINITY) <= this.#nowMs) this.#pop().fire();
  }

  #schedule(ms: number, fire: () => void): void {
    // As Node.js: whole milliseconds, at least one.
    const timer = { dueMs: this.#nowMs + Math.max(1, Math.ceil(ms)), order: this.#order++, fire };
    this.#timers.push(timer);
    for (let at = this.#timers.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #pop(): Timer {
    this.#swap(0, this.#timers.length - 1);
    const first = this.#timers.pop() as Timer;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const [a, b] = [this.#timers[left], this.#timers[right]];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#timers[left], this.#timers[right]];
    if (a === undefined || b === undefined) return;
    this.#timers[left] = b;
    this.#timers[right] = a;
  }
}
