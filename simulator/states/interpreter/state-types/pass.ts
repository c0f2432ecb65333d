import type { PassState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../visit.ts';
import { workInput } from '../work-input.ts';

/** Hands on its input or, with JSONPath, its Result or Parameters. */
export async function runPass(visit: Visit<PassState>): Promise<Outcome> {
  const { state } = visit;
  const input = await workInput(visit);
  const output = visit.usesJsonPath && state.Result !== undefined ? state.Result : input;
  return { output, next: state.Next, transform: state };
}
