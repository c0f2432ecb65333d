import type { Clock } from '../ports/clock.ts';

export interface SettleOptions {
  readonly intervalMs: number;
  /** Longest wait in total. */
  readonly limitMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Measures until the value no longer settles, the limit is reached or the signal aborts; returns the last
 * value, which the caller judges as it is. For things that AWS shows a moment late.
 */
export async function settle<T>(
  measure: () => Promise<T>,
  isSettling: (value: T) => boolean,
  { intervalMs, limitMs, clock, signal }: SettleOptions,
): Promise<T> {
  const untilMs = clock.now() + limitMs;
  for (;;) {
    const value = await measure();
    if (!isSettling(value) || signal?.aborted || clock.now() + intervalMs > untilMs) {
      return value;
    }
    try {
      await clock.sleep(intervalMs, signal);
    } catch {
      return value;
    }
  }
}
