import type { SucceedState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import { effectiveInput } from '../path-fields.ts';
import type { Visit } from '../visit.ts';

export async function runSucceed(visit: Visit<SucceedState>): Promise<Outcome> {
  const output = visit.usesJsonPath ? effectiveInput(visit) : visit.input;
  return { output, next: undefined, transform: { Output: visit.state.Output } };
}
