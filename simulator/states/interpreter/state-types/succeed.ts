import type { SucceedState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../visit.ts';

export async function runSucceed({ state, input }: Visit<SucceedState>): Promise<Outcome> {
  return { output: input, next: undefined, transform: { Output: state.Output } };
}
