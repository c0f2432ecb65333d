import type { ChoiceRule, ChoiceState } from '../../definition/workflow.ts';
import { MissingPath, type PathData } from '../../query/jsonpath/json-path-language.ts';
import type { Visit } from '../visit.ts';
import { comparisons, natures, stringMatches } from './choice-operators.ts';

type Rule = Readonly<Record<string, unknown>>;

/** Whether a JSONPath Choice Rule applies (Choice state page). */
export function ruleApplies(visit: Visit<ChoiceState>, rule: ChoiceRule, data: PathData): boolean {
  return applies(visit, rule, data);
}

function applies(visit: Visit<ChoiceState>, rule: Rule, data: PathData): boolean {
  const inner = (one: unknown) => applies(visit, one as Rule, data);
  if (Array.isArray(rule.And)) return rule.And.every(inner);
  if (Array.isArray(rule.Or)) return rule.Or.some(inner);
  if (rule.Not !== undefined) return !inner(rule.Not);
  const variable = String(rule.Variable);
  if (rule.IsPresent !== undefined) {
    return (visit.run.paths.find(variable, data) !== undefined) === rule.IsPresent;
  }
  const value = valueAt(visit, variable, data);
  for (const [operator, wanted] of Object.entries(rule)) {
    const nature = natures.get(operator);
    if (nature) return nature(value) === wanted;
    if (operator === 'StringMatches') {
      return typeof value === 'string' && stringMatches(value, String(wanted));
    }
    const test = comparisons.get(operator);
    if (test) return test(value, wanted);
    const pathTest = comparisons.get(operator.replace(/Path$/, ''));
    if (pathTest) return pathTest(value, valueAt(visit, String(wanted), data));
  }
  throw visit.failure('States.Runtime', `No operator in the Choice Rule ${JSON.stringify(rule)}`);
}

/** A path that names nothing fails the execution (seen in recorded AWS answers). */
function valueAt(visit: Visit<ChoiceState>, path: string, data: PathData): unknown {
  try {
    return visit.run.paths.expression(path, data);
  } catch (error) {
    if (!(error instanceof MissingPath)) throw error;
    throw visit.failure(
      'States.Runtime',
      `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    );
  }
}
