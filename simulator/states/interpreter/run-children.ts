import type { MapState, ParallelState } from '../definition/workflow.ts';
import type { Line } from './run-branch.ts';
import { Dropped } from './scope.ts';
import type { StatesError } from './states-error.ts';
import type { Visit } from './visit.ts';

export interface Children {
  readonly count: number;
  /** How many may run at once. */
  readonly concurrency: number;
  run(index: number, line: Line): Promise<unknown>;
  /** Event for a child that has its result. */
  succeeded?(index: number, line: Line): void;
  /** Event for the child whose failure fails them all. */
  failed?(index: number, line: Line): void;
  /** Event for a child that was cut off by that failure. */
  aborted?(index: number, line: Line): void;
}

/**
 * Runs the branches of a Parallel or the iterations of a Map, results in their order. The first failure
 * drops the others, and is thrown once all of them have let go of their timers and tokens. Children that run
 * one after the other share a line of events, beside which their ends stand (recorded of a Map by LocalStack,
 * test_map_state and test_map_state_break_condition).
 */
export async function runChildren(
  visit: Visit<ParallelState> | Visit<MapState>,
  children: Children,
): Promise<unknown[]> {
  const { scope, release } = visit.scope.child();
  const start = visit.track.fork();
  const results: unknown[] = new Array(children.count);
  let nextIndex = 0;
  let failure: StatesError | undefined;

  const runOne = async (index: number, line: Line) => {
    try {
      results[index] = await children.run(index, line);
      const end = { track: line.track.fork(), scope };
      children.succeeded?.(index, end);
      visit.track.join(end.track);
    } catch (error) {
      if (error instanceof Dropped) {
        if (error.reason === 'sibling') children.aborted?.(index, line);
        return;
      }
      if (failure) return;
      failure = error as StatesError;
      children.failed?.(index, { track: line.track.fork(), scope });
      visit.track.join(line.track);
      scope.drop('sibling');
    }
  };
  const work = async () => {
    const line = { track: start.fork(), scope };
    while (nextIndex < children.count && !scope.dropped) await runOne(nextIndex++, line);
  };

  const workers = Math.min(children.concurrency, children.count);
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    release();
    scope.drop('ended');
  }
  visit.scope.throwIfDropped();
  if (!failure) return results;
  visit.failedChild = failure;
  throw failure;
}
