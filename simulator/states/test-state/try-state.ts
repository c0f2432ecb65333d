import type { TestExecutionStatus } from '@aws-sdk/client-sfn';
import type { Catcher, Retrier } from '../definition/workflow.ts';
import { matchesError } from '../interpreter/error-matching.ts';
import { executeState } from '../interpreter/execute-state.ts';
import { applyOutcome } from '../interpreter/leave-state.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';

export interface Tried {
  readonly status: TestExecutionStatus;
  /** JSON text. */
  readonly output?: string;
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  /** JSON text of what a Task's call came to. */
  readonly result?: string;
  /** JSON text by name. */
  readonly variables?: string;
}

/** One attempt at a state: a Retrier or Catcher that would act is named, not acted upon (TestState page). */
export async function tryState(visit: Visit): Promise<Tried> {
  try {
    const outcome = await executeState(visit);
    const { output, next, assigned } = await applyOutcome(visit, outcome);
    return {
      status: 'SUCCEEDED',
      output: JSON.stringify(output),
      result: JSON.stringify(outcome.output),
      ...(next !== undefined && { nextState: next }),
      ...(Object.keys(assigned).length > 0 && { variables: JSON.stringify(assigned) }),
    };
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return afterFailure(visit, error);
  }
}

async function afterFailure(visit: Visit, failure: StatesError): Promise<Tried> {
  const { Retry = [], Catch = [] } = visit.state as { Retry?: Retrier[]; Catch?: Catcher[] };
  const matches = ({ ErrorEquals }: Retrier | Catcher) => matchesError(ErrorEquals, failure.error);
  if (Retry.some(matches)) return { status: 'RETRIABLE', ...failure.eventDetails };
  const index = Catch.findIndex(matches);
  const catcher = Catch[index];
  if (!catcher) return { status: 'FAILED', ...failure.eventDetails };
  const { output, next } = await applyOutcome(visit, {
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
  };
}
