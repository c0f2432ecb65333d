import type { ChoiceRule, ChoiceState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import { effectiveInput, pathData } from '../path-fields.ts';
import type { Visit } from '../visit.ts';
import { ruleApplies } from './choice-rule.ts';

/** The first rule that applies decides; the state's own Assign and Output belong to Default. */
export async function runChoice(visit: Visit<ChoiceState>): Promise<Outcome> {
  const { state } = visit;
  const input = visit.usesJsonPath ? effectiveInput(visit) : visit.input;
  for (const [index, rule] of state.Choices.entries()) {
    const location = `Choices[${index}]/`;
    const met = visit.usesJsonPath
      ? ruleApplies(visit, rule, pathData(visit, input))
      : await conditionHolds(visit, rule, location);
    if (met) return { output: input, next: rule.Next, transform: rule, location };
  }
  if (state.Default !== undefined) {
    return { output: input, next: state.Default, transform: state };
  }
  throw visit.failure(
    visit.run.world.settings.unmatchedChoiceError,
    'Failed to transition out of the state. The state does not point to a next state.',
  );
}

async function conditionHolds(
  visit: Visit<ChoiceState>,
  rule: ChoiceRule,
  location: string,
): Promise<boolean> {
  const met = await visit.evaluate(rule.Condition, `${location}Condition`);
  if (typeof met === 'boolean') return met;
  throw visit.failure(
    'States.QueryEvaluationError',
    `The field '${location}Condition' must evaluate to a boolean, not to ${JSON.stringify(met)}.`,
  );
}
