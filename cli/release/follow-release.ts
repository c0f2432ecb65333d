import { type AwaitDeps, awaitExecution, type StartPatience } from './await-execution.ts';
import type { WantedRelease } from './find-execution.ts';
import { followExecution } from './follow-execution.ts';
import type { Followed } from './release-news.ts';

export interface ReleasePatience extends StartPatience {
  /** From now until the release must be over. */
  readonly timeoutMs: number;
}

/** Waits for the execution that a push started and follows it to its end. */
export async function followRelease(
  wanted: WantedRelease,
  patience: ReleasePatience,
  deps: AwaitDeps,
): Promise<Followed> {
  const untilMs = deps.clock.now() + patience.timeoutMs;
  const awaited = await awaitExecution(wanted, patience, deps);
  return awaited.kind === 'found' ? followExecution(awaited.execution, untilMs, deps) : awaited;
}
