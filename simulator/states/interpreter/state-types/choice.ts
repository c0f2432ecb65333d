import type { ChoiceState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../visit.ts';

/** The first rule whose Condition is true decides; the state's own Assign and Output belong to Default. */
export async function runChoice(visit: Visit<ChoiceState>): Promise<Outcome> {
  const { state, input } = visit;
  for (const [index, rule] of state.Choices.entries()) {
    const location = `Choices[${index}]/`;
    const met = await visit.evaluate(rule.Condition, `${location}Condition`);
    if (typeof met !== 'boolean') {
      throw visit.failure(
        'States.QueryEvaluationError',
        `The field '${location}Condition' must evaluate to a boolean, not to ${JSON.stringify(met)}.`,
      );
    }
    if (met) return { output: input, next: rule.Next, transform: rule, location };
  }
  if (state.Default !== undefined) {
    return { output: input, next: state.Default, transform: state };
  }
  throw visit.failure(
    'States.NoChoiceMatched',
    'Failed to transition out of the state. No Choice Rule matched and there is no Default.',
  );
}
