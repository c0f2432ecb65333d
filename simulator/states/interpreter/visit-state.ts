import type { Catcher, Retrier, State } from '../definition/workflow.ts';
import { matchesError } from './error-matching.ts';
import { executeState } from './execute-state.ts';
import { applyOutcome, type Transition } from './leave-state.ts';
import { RetryBudget } from './retry.ts';
import { Dropped } from './scope.ts';
import { StatesError } from './states-error.ts';
import type { Visit } from './visit.ts';

/** Runs a state to its transition: attempts, Retry, then Catch. Throws StatesError or Dropped. */
export async function visitState(visit: Visit): Promise<Transition> {
  const budget = new RetryBudget(retriers(visit.state), visit.run.world);
  for (;;) {
    try {
      return await applyOutcome(visit, await executeState(visit));
    } catch (error) {
      if (error instanceof Dropped) throw recordAborted(visit, error);
      const failure = asStatesError(visit, error);
      const delayMs = budget.spend(failure.error);
      if (delayMs === undefined) {
        recordFailed(visit, failure);
        return catchFailure(visit, failure);
      }
      await visit.scope.sleep(delayMs).catch((dropped: Dropped) => {
        throw recordAborted(visit, dropped);
      });
      visit.retryCount++;
      visit.resumed = false;
      visit.run.execution.stateTransitions++;
    }
  }
}

async function catchFailure(visit: Visit, failure: StatesError): Promise<Transition> {
  const all = catchers(visit.state);
  const { settings } = visit.run.world;
  const index = all.findIndex(({ ErrorEquals }) =>
    matchesError(ErrorEquals, failure.error, settings),
  );
  const catcher = all[index];
  if (!catcher) {
    // A redrive then repeats successful branches as well (aws-facts 5.5, redrive page).
    if (failure.error === 'States.DataLimitExceeded') {
      visit.branch.children = undefined;
      visit.branch.mapRun = undefined;
    }
    throw failure;
  }
  return applyOutcome(visit, {
    output: failure.output,
    next: catcher.Next,
    data: { errorOutput: failure.output },
    transform: catcher,
    location: `Catch[${index}]/`,
  });
}

function retriers(state: State): readonly Retrier[] {
  return 'Retry' in state ? (state.Retry ?? []) : [];
}

function catchers(state: State): readonly Catcher[] {
  return 'Catch' in state ? (state.Catch ?? []) : [];
}

/** A defect of ours ends the execution as an internal error would, with its stack in the cause. */
function asStatesError(visit: Visit, error: unknown): StatesError {
  if (error instanceof StatesError) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return visit.failure('States.Runtime', text);
}

/** Not of attempts that are repeated, as recorded (LocalStack, test_map_state_retry). */
function recordFailed(visit: Visit, failure: StatesError): void {
  const type = visit.state.Type;
  if (visit.failedChild === failure && (type === 'Parallel' || type === 'Map')) {
    visit.track.append(visit.scope, `${type}StateFailed`);
  }
}

/** Only states that take time have an `…Aborted` event, and only when a sibling cut them off. */
function recordAborted(visit: Visit, dropped: Dropped): Dropped {
  const type = visit.state.Type;
  if (dropped.reason === 'ended') return dropped;
  if (type === 'Task' || type === 'Wait' || type === 'Parallel' || type === 'Map') {
    visit.track.appendAborted(`${type}StateAborted`);
  }
  return dropped;
}
