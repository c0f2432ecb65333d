import type { Clock } from '../../core/ports/clock.ts';

/** How a check's time ended, if it did. */
export type TimeOver = 'timeout' | 'hook';

/** The time of one check: its own limit within the hook's. */
export interface CheckTime {
  readonly signal: AbortSignal;
  /** Resolves when the time is over; never when `stop` comes first. */
  readonly over: Promise<TimeOver>;
  stop(): void;
}

/** Starts the time of one check; `stop` must follow, or its timer keeps the process busy. */
export function startCheckTime(timeoutMs: number, clock: Clock, hook: AbortSignal): CheckTime {
  const controller = new AbortController();
  const stopped = new AbortController();
  const over = new Promise<TimeOver>((resolve) => {
    const end = (by: TimeOver) => {
      if (stopped.signal.aborted) return;
      resolve(by);
      controller.abort(new Error('The time of the check is over'));
    };
    if (hook.aborted) end('hook');
    else hook.addEventListener('abort', () => end('hook'), { once: true, signal: stopped.signal });
    // Its only rejection is the one that `stop` causes.
    clock.sleep(timeoutMs, stopped.signal).then(
      () => end('timeout'),
      () => undefined,
    );
  });
  return { signal: controller.signal, over, stop: () => stopped.abort() };
}
