/** Timers of a function that keep step with virtual time: they shrink when a sleep was skipped. */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { shortestSkippedMs, skipIdleWaits } from './idle-waits.mjs';

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
/** How often a sleeper looks whether the others of its function still wait for an answer. */
const answerPollMs = 10;

/** What `setTimeout` returns: as much of Node's Timeout as libraries use. */
class VirtualTimeout {
  #pending;
  #callback;
  #delayMs;
  #dueMs;
  #handle;
  #ref = true;

  constructor(pending, callback, delayMs) {
    this.#pending = pending;
    this.#callback = callback;
    this.#delayMs = delayMs;
    this.#arm(delayMs);
  }

  get remainingMs() {
    return this.#dueMs - performance.now();
  }

  /** Part of the wait was skipped. */
  advance(skippedMs) {
    const left = Math.max(0, this.remainingMs - skippedMs);
    real.clearTimeout(this.#handle);
    this.#arm(left);
  }

  refresh() {
    real.clearTimeout(this.#handle);
    this.#arm(this.#delayMs);
    return this;
  }

  ref() {
    this.#ref = true;
    this.#handle.ref();
    return this;
  }

  unref() {
    this.#ref = false;
    this.#handle.unref();
    return this;
  }

  hasRef() {
    return this.#ref;
  }

  close() {
    real.clearTimeout(this.#handle);
    this.#pending.delete(this);
    return this;
  }

  #arm(ms) {
    this.#dueMs = performance.now() + ms;
    this.#pending.add(this);
    this.#handle = real.setTimeout(() => {
      this.#pending.delete(this);
      this.#callback();
    }, ms);
    if (!this.#ref) this.#handle.unref();
  }
}

/**
 * Replaces the timers of this process, before the function is loaded. `pass(ms)` lets virtual time pass, at
 * most `ms`, and resolves with the milliseconds that were skipped over real time. While the function
 * `isWaiting` for an answer it does not only sleep: skipping would make that answer look late.
 * @param {(ms: number) => Promise<number>} pass
 * @param {() => boolean} isWaiting
 * @param {() => boolean} skipsWaits whether waits of callbacks are skipped as well, once nothing else is under way
 */
export function installVirtualTimers(pass, isWaiting, skipsWaits) {
  const pending = new Set();
  let skipping = Promise.resolve(0);

  /** One after the other: two that saw the same jump would each bring the timers forward by it. */
  function skip(stepMs) {
    const turn = skipping.then(async () => {
      const ms = stepMs();
      if (ms < shortestSkippedMs) return 0;
      const timers = [...pending];
      const skippedMs = await pass(ms);
      for (const timer of timers) if (pending.has(timer)) timer.advance(skippedMs);
      return skippedMs;
    });
    skipping = turn.catch(() => 0);
    return turn;
  }

  const onArmed = skipIdleWaits({
    pending,
    skip,
    mayPass: () => skipsWaits() && !isWaiting(),
    realTimeout: real.setTimeout,
  });

  const setTimeout = (callback, delayMs = 1, ...args) => {
    const ms = Math.max(1, Number(delayMs) || 1);
    const timeout = new VirtualTimeout(pending, () => callback(...args), ms);
    onArmed();
    return timeout;
  };
  const clearTimeout = (timer) =>
    timer instanceof VirtualTimeout ? timer.close() : real.clearTimeout(timer);

  /** Never skips past another timer of the function, such as the one that guards its deadline. */
  async function sleep(ms = 1, value = undefined, { signal } = {}) {
    const dueMs = Date.now() + ms;
    // What was begun together with this sleep, such as a request that it bounds, comes first.
    if (ms >= shortestSkippedMs)
      await new Promise((resolve) => real.setTimeout(resolve, answerPollMs));
    for (let left = dueMs - Date.now(); left > 0; left = dueMs - Date.now()) {
      signal?.throwIfAborted();
      const others = () => Math.min(...[...pending].map((timer) => timer.remainingMs));
      const step = Math.min(left, others());
      if (step < shortestSkippedMs || isWaiting()) {
        const realMs = isWaiting() ? Math.min(step, answerPollMs) : step;
        await new Promise((resolve) => real.setTimeout(resolve, Math.max(1, realMs)));
      } else {
        await skip(() => Math.min(dueMs - Date.now(), others()));
        // A timer that fell due runs before the sleeper goes on, as it would have.
        await new Promise((resolve) => real.setTimeout(resolve, 1));
      }
    }
    signal?.throwIfAborted();
    return value;
  }

  setTimeout[promisify.custom] = sleep;
  Object.assign(globalThis, { setTimeout, clearTimeout });
  Object.assign(timers, { setTimeout, clearTimeout });
  timersPromises.setTimeout = sleep;
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const reason = () =>
      new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => controller.abort(reason()), ms).unref();
    return controller.signal;
  };
  syncBuiltinESMExports();
}
