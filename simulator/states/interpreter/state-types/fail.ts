import type { FailState } from '../../definition/workflow.ts';
import { complete } from '../../executions/history.ts';
import type { Outcome } from '../outcome.ts';
import { effectiveInput } from '../path-fields.ts';
import { StatesError } from '../states-error.ts';
import type { Visit } from '../visit.ts';
import { fieldValue } from '../work-input.ts';

/** Always throws: with the state's Error and Cause, or with what was wrong about them. */
export async function runFail(visit: Visit<FailState>): Promise<Outcome> {
  const { track, scope, name, input } = visit;
  if (visit.resumed) {
    // The one state type that a redrive enters again (aws-facts 5.5).
    track.append(scope, 'FailStateEntered', {
      stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: complete },
    });
  }
  // Only TestState sees it: a Fail state has no InputPath.
  if (visit.usesJsonPath) effectiveInput(visit);
  const error = await text(visit, 'Error');
  throw new StatesError(error, await text(visit, 'Cause'));
}

async function text(
  visit: Visit<FailState>,
  field: 'Error' | 'Cause',
): Promise<string | undefined> {
  const value = await fieldValue(visit, field);
  if (value === undefined || typeof value === 'string') return value;
  throw visit.fieldFailure(`The field '${field}' must be a string.`);
}
