import { RolloutRunning } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';

interface Deps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
}

/** Left for what a look costs beside its checks, and for the answer. */
const reserveMs = 45_000;

/** Throws RolloutRunning, which is retried at once, unless so much of the invocation is left (design D3). */
export function needTime(
  ms: number,
  what: string,
  { remainingMs }: Pick<Deps, 'remainingMs'>,
): void {
  if (remainingMs() >= ms + reserveMs) return;
  throw new RolloutRunning(`${what} goes on, and this invocation's time does not`);
}

/** Sleeps, if the invocation lives that long; else RolloutRunning. */
export async function pause(ms: number, what: string, deps: Deps): Promise<void> {
  needTime(ms, what, deps);
  await deps.clock.sleep(ms, deps.signal);
}
