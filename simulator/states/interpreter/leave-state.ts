import { complete } from '../executions/history.ts';
import { dataText } from './data-limit.ts';
import { applyJsonPathOutcome } from './leave-json-path-state.ts';
import type { Outcome } from './outcome.ts';
import type { Visit } from './visit.ts';

export interface Transition {
  readonly output: unknown;
  readonly next: string | undefined;
  readonly assigned: Readonly<Record<string, unknown>>;
}

/** Applies what the state says about its output and variables; the output must be within the limit. */
export async function applyOutcome(visit: Visit, outcome: Outcome): Promise<Transition> {
  const transition = visit.usesJsonPath
    ? applyJsonPathOutcome(visit, outcome)
    : await applyJsonataOutcome(visit, outcome);
  dataText(`The output of the state '${visit.name}'`, transition.output);
  // As much as a state may assign at once (workflow variables page, limits).
  dataText(`What the state '${visit.name}' assigns to variables`, transition.assigned);
  return transition;
}

/** Output and Assign; both read the variables as they were before (so order does not matter). */
async function applyJsonataOutcome(visit: Visit, outcome: Outcome): Promise<Transition> {
  const { transform, location = '', data } = outcome;
  const assigned =
    transform.Assign === undefined
      ? {}
      : ((await visit.evaluate(transform.Assign, `${location}Assign`, data)) as object);
  const output =
    transform.Output === undefined
      ? outcome.output
      : await visit.evaluate(transform.Output, `${location}Output`, data);
  return { output, next: outcome.next, assigned: { ...assigned } };
}

/** Writes the `…StateExited` event and makes the assigned variables visible. */
export function leaveState(visit: Visit, { output, assigned }: Transition): void {
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]);
  const type = visit.state.Type;
  if (type === 'Fail') throw new Error(`Fail state ${visit.name} cannot be left`);
  visit.track.append(visit.scope, `${type}StateExited`, {
    stateExitedEventDetails: {
      name: visit.name,
      output: JSON.stringify(output),
      outputDetails: complete,
      ...(texts.length > 0 && {
        assignedVariables: Object.fromEntries(texts),
        assignedVariablesDetails: complete,
      }),
    },
  });
  visit.branch.variables.assign(assigned);
  const executionArn = visit.run.execution.arn;
  visit.run.world.journal.record('execution.state-exited', { executionArn, state: visit.name });
}
