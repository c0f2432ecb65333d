import { conditionOperator } from './condition-operators.ts';
import type { PolicyStatement } from './policy-document.ts';

/** Values of the request's context by lower-case key. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

export interface ConditionOutcome {
  readonly holds: boolean;
  /** Keys that conditions ask for and the context does not have. */
  readonly missing: readonly string[];
}

/** Whether every condition of a statement holds: operators and keys are all required, values alternatives. */
export function evaluateConditions(
  condition: PolicyStatement['Condition'] = {},
  context: RequestContext,
): ConditionOutcome {
  const missing: string[] = [];
  let holds = true;
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, value] of Object.entries(keys)) {
      const wanted = (Array.isArray(value) ? value : [value]).map(String);
      const actual = context.get(key.toLowerCase());
      if (!actual) missing.push(key);
      if (!holdsFor(operator, actual, wanted, context)) holds = false;
    }
  }
  return { holds, missing };
}

function holdsFor(
  operator: string,
  actual: readonly string[] | undefined,
  wanted: readonly string[],
  context: RequestContext,
): boolean {
  if (operator === 'Null') return wanted.includes(String(actual === undefined));
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const { compare, negated } = conditionOperator(name);
  if (actual === undefined) return Boolean(ifExists) || set === 'ForAllValues' || negated;
  const values = wanted.map((text) => substitute(text, context));
  const fits = (one: string) =>
    negated !== values.some((value) => value !== undefined && compare(one, value));
  return set === 'ForAnyValue' || (set === undefined && !negated)
    ? actual.some(fits)
    : actual.every(fits);
}

/** `${aws:username}` and the like; undefined when the context has no such key, which matches nothing. */
export function substitute(text: string, context: RequestContext): string | undefined {
  let complete = true;
  const result = text.replace(/\$\{([^}]+)\}/g, (_whole, variable: string) => {
    if (['*', '?', '$'].includes(variable)) return variable;
    const [value] = context.get(variable.toLowerCase()) ?? [];
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? result : undefined;
}
