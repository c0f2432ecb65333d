import type { PassState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../visit.ts';

export async function runPass({ state, input }: Visit<PassState>): Promise<Outcome> {
  return { output: input, next: state.Next, transform: state };
}
