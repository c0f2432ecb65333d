import type { Clock } from '../core/clock.ts';

export interface Wait<T> {
  /** Undefined as long as there is nothing to wait no longer for. */
  check(): T | undefined;
  /** Calls back whenever `check` is worth another look; returns the unsubscriber. */
  onChange(look: () => void): () => void;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Resolves with what `check` found, or undefined after `timeoutMs`; rejects with the signal's reason. */
export function waitUntil<T>(clock: Clock, wait: Wait<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const { signal } = wait;
    if (signal.aborted) return reject(signal.reason);
    const found = wait.check();
    if (found !== undefined) return resolve(found);
    const cleanUp = () => {
      unsubscribe();
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      cleanUp();
      reject(signal.reason);
    };
    const unsubscribe = wait.onChange(() => {
      const value = wait.check();
      if (value === undefined) return;
      cleanUp();
      resolve(value);
    });
    const cancelTimer = clock.schedule(wait.timeoutMs, () => {
      cleanUp();
      resolve(undefined);
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
