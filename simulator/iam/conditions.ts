import { AwsError } from '../core/aws-error.ts';
import { conditionOperator } from './condition-operators.ts';
import type { PolicyStatement } from './policy-document.ts';
import { hasVariables, patternTemplate, type RequestContext } from './policy-variables.ts';
import type { TextMatcher } from './wildcard.ts';

export interface ConditionOutcome {
  readonly holds: boolean;
  /** Keys that conditions ask for and the context does not have. */
  readonly missing: readonly string[];
}

/** One operator with one key, prepared for many requests. */
export interface CompiledCondition {
  readonly key: string;
  holds(actual: readonly string[] | undefined, context: RequestContext): boolean;
}

const operatorName = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/;

/** Throws NotImplemented for an operator that IAM does not know; documents are checked when they are put. */
export function compileConditions(
  condition: PolicyStatement['Condition'] = {},
  withVariables = true,
): CompiledCondition[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({
      key,
      holds: compileOperator(operator, listOf(value), withVariables),
    })),
  );
}

/** Every operator and key is required, values are alternatives. */
export function evaluateCompiled(
  conditions: readonly CompiledCondition[],
  context: RequestContext,
): ConditionOutcome {
  if (conditions.length === 0) return unconditional;
  const missing: string[] = [];
  let holds = true;
  for (const condition of conditions) {
    const actual = context.get(condition.key.toLowerCase());
    if (!actual) missing.push(condition.key);
    if (!condition.holds(actual, context)) holds = false;
  }
  return { holds, missing };
}

const unconditional: ConditionOutcome = { holds: true, missing: [] };

/** The same for a condition that is needed once. */
export function evaluateConditions(
  condition: PolicyStatement['Condition'],
  context: RequestContext,
): ConditionOutcome {
  return evaluateCompiled(compileConditions(condition), context);
}

/** Whether IAM has an operator of this name. */
export function isConditionOperator(operator: string): boolean {
  const [, , name = '', ifExists] = operatorName.exec(operator) ?? [];
  if (operator === 'Null') return true;
  return !(name === 'Null' && ifExists) && conditionOperator(name) !== undefined;
}

function compileOperator(
  operator: string,
  wanted: readonly string[],
  withVariables: boolean,
): CompiledCondition['holds'] {
  if (operator === 'Null') return (actual) => wanted.includes(String(actual === undefined));
  const [, set, name = '', ifExists] = operatorName.exec(operator) ?? [];
  const found = conditionOperator(name);
  if (!found) {
    throw new AwsError('NotImplemented', `Condition operator ${name} of policies is not simulated`);
  }
  const { prepare, negated } = found;
  const values = wanted.map((text) => prepareValue(text, prepare, withVariables));
  // A negated operator holds without its key, and so does ForAllValues; ForAnyValue does not (IAM user guide,
  // "Set operators for multivalued context keys").
  const holdsWithoutKey =
    Boolean(ifExists) || set === 'ForAllValues' || (negated && set !== 'ForAnyValue');
  const some = set === 'ForAnyValue' || (set === undefined && !negated);
  return (actual, context) => {
    if (actual === undefined) return holdsWithoutKey;
    const fits = (one: string) => negated !== values.some((matches) => matches(one, context));
    return some ? actual.some(fits) : actual.every(fits);
  };
}

function prepareValue(
  text: string,
  prepare: (wanted: string) => TextMatcher,
  withVariables: boolean,
): (actual: string, context: RequestContext) => boolean {
  if (!withVariables || !hasVariables(text)) return prepare(text);
  const template = patternTemplate(text);
  return (actual, context) => {
    const filled = template(context);
    return filled !== undefined && prepare(filled)(actual);
  };
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
