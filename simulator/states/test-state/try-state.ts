import type { InspectionErrorDetails, TestExecutionStatus } from '@aws-sdk/client-sfn';
import type { Catcher, Retrier } from '../definition/workflow.ts';
import { matchesError } from '../interpreter/error-matching.ts';
import { executeState } from '../interpreter/execute-state.ts';
import { applyOutcome } from '../interpreter/leave-state.ts';
import { backoffMs, mostAttempts } from '../interpreter/retry.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';

export interface Tried {
  readonly status: TestExecutionStatus;
  /** JSON text. */
  readonly output?: string;
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  /** JSON text by name: what was given and what the state assigned. */
  readonly variables?: string;
  /** The Retrier or Catcher that would act. */
  readonly errorDetails?: InspectionErrorDetails;
}

/** One attempt at a state: a Retrier or Catcher that would act is named, not acted upon (TestState page). */
export async function tryState(visit: Visit): Promise<Tried> {
  try {
    const outcome = await executeState(visit);
    noteResult(visit, outcome.output);
    const { output, next, assigned } = await applyOutcome(visit, outcome);
    return {
      status: 'SUCCEEDED',
      output: JSON.stringify(output),
      ...(next !== undefined && { nextState: next }),
      ...variables(visit, assigned),
    };
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return afterFailure(visit, error);
  }
}

/** Tasks have a result, and Pass states with one of their own (recorded AWS answers). */
function noteResult({ state, run }: Visit, result: unknown): void {
  const { trial } = run;
  if (!trial) return;
  const constant = state.Type === 'Pass' && state.Result !== undefined;
  if (state.Type === 'Task' || constant) trial.note('result', result);
  if (!constant) return;
  // Its input is not looked at then.
  const { afterInputPath: _input, afterParameters: _parameters, ...rest } = trial.inspected;
  trial.inspected = rest;
}

function variables({ branch }: Visit, assigned: object): { variables?: string } {
  const all = { ...branch.variables.visible(), ...assigned };
  return Object.keys(all).length === 0 ? {} : { variables: JSON.stringify(all) };
}

async function afterFailure(visit: Visit, failure: StatesError): Promise<Tried> {
  const { Retry = [], Catch = [] } = visit.state as { Retry?: Retrier[]; Catch?: Catcher[] };
  const { settings } = visit.run.world;
  const matches = ({ ErrorEquals }: Retrier | Catcher) =>
    matchesError(ErrorEquals, failure.error, settings);
  const retryIndex = Retry.findIndex(matches);
  const retrier = Retry[retryIndex];
  const used = visit.run.trial?.configuration.retrierRetryCount ?? 0;
  if (retrier && used < mostAttempts(retrier)) {
    const retryBackoffIntervalSeconds = Math.round(backoffMs(retrier, used) / 1_000);
    return {
      status: 'RETRIABLE',
      ...failure.eventDetails,
      errorDetails: { retryIndex, retryBackoffIntervalSeconds },
    };
  }
  const index = Catch.findIndex(matches);
  const catcher = Catch[index];
  if (!catcher) return { status: 'FAILED', ...failure.eventDetails };
  const { output, next, assigned } = await applyOutcome(visit, {
    output: failure.output,
    next: catcher.Next,
    data: { errorOutput: failure.output },
    transform: catcher,
    location: `Catch[${index}]/`,
  });
  return {
    status: 'CAUGHT_ERROR',
    output: JSON.stringify(output),
    ...(next !== undefined && { nextState: next }),
    ...failure.eventDetails,
    ...variables(visit, assigned),
    errorDetails: { catchIndex: index },
  };
}
