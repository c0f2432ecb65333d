import type { ParallelState, PassState, TaskState } from '../definition/workflow.ts';
import { effectiveInput, evaluatePath, evaluateTemplate, pathData } from './path-fields.ts';
import type { Visit } from './visit.ts';

type Working = PassState | TaskState | ParallelState;

/** What a state's own work is given: Arguments (JSONata), or InputPath and Parameters (JSONPath). */
export async function workInput(visit: Visit<Working>): Promise<unknown> {
  const { state, run } = visit;
  if (visit.usesJsonPath) {
    const given = effectiveInput(visit);
    const input =
      state.Parameters === undefined
        ? given
        : evaluateTemplate(visit, state.Parameters, pathData(visit, given));
    run.trial?.note('afterParameters', input);
    return input;
  }
  if (!('Arguments' in state) || state.Arguments === undefined) return visit.input;
  const input = await visit.evaluate(state.Arguments, 'Arguments');
  run.trial?.note('afterArguments', input);
  return input;
}

/**
 * A single value that a state may give outright, as JSONata, or by a `…Path` field; undefined when it gives
 * none.
 */
export async function fieldValue(visit: Visit, field: string): Promise<unknown> {
  const fields = visit.state as unknown as Readonly<Record<string, unknown>>;
  const given = fields[field];
  if (!visit.usesJsonPath) return given === undefined ? undefined : visit.evaluate(given, field);
  const path = fields[`${field}Path`];
  if (typeof path !== 'string') return given;
  return evaluatePath(visit, path, effectiveInput(visit), () =>
    visit.failure(
      'States.Runtime',
      `The ${field}Path parameter does not reference an input value: ${path}`,
    ),
  );
}
