import { invalid, onlyOne, required, unsupported, wrongType } from './check-fields.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

type Fields = Readonly<Record<string, unknown>>;

const selectors = ['And', 'Or', 'Not', 'Variable', 'Condition'];
const orders = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const ordered = ['String', 'Numeric', 'Timestamp'].flatMap((kind) =>
  orders.map((order) => `${kind}${order}`),
);
const withPath = [...ordered, 'BooleanEquals'].flatMap((operator) => [operator, `${operator}Path`]);
const tests = ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];
const operators = [...withPath, 'StringMatches', ...tests];
/** What leaves the state stands at the top of a rule only. */
const topFields = ['Next', 'Assign', 'Output', 'Comment'];

/** Choice Rules, in AWS's words (rule pf-sfn-asl-choice-rules of cdk-preflight, measured answers). */
export function checkChoice({ state, location }: LocatedState): Diagnostic[] {
  const { Choices: rules } = state;
  if (state.Type !== 'Choice' || rules === undefined) return [];
  const at = `${location}/Choices`;
  if (!Array.isArray(rules)) return [wrongType('ARRAY', at)];
  if (rules.length === 0) return [invalid('Value cannot be empty', at)];
  return rules.flatMap((rule: unknown, index) => {
    const here = `${at}[${index}]`;
    if (!isObject(rule)) return [wrongType('OBJECT', here)];
    const next = 'Next' in rule ? [] : [required(['Next'], here)];
    return [...next, ...checkRule(rule, topFields, here)];
  });
}

function checkRule(rule: Fields, extra: readonly string[], at: string): Diagnostic[] {
  const given = selectors.filter((field) => field in rule);
  const compared = operators.filter((field) => field in rule);
  const allowed = new Set([...selectors, ...operators, ...extra, 'Comment']);
  const several = `The object must have only one of the following fields, [${selectors.join(', ')}]`;
  return [
    ...(given.length === 1 ? [] : [invalid(several, at)]),
    ...('Variable' in rule && compared.length !== 1 ? [invalid(onlyOne(operators), at)] : []),
    ...Object.keys(rule)
      .filter((field) => !allowed.has(field))
      .map((field) => unsupported(field, at)),
    ...compared.flatMap((operator) => checkOperand(rule[operator], operator, at)),
    ...innerRules(rule, at).flatMap(({ inner, location }) =>
      isObject(inner) ? checkRule(inner, [], location) : [wrongType('OBJECT', location)],
    ),
  ];
}

function innerRules(rule: Fields, at: string): { inner: unknown; location: string }[] {
  const listed = ['And', 'Or'].flatMap((field) => {
    const rules = rule[field];
    if (!Array.isArray(rules)) return [];
    return rules.map((inner: unknown, index: number) => ({
      inner,
      location: `${at}/${field}[${index}]`,
    }));
  });
  return 'Not' in rule ? [...listed, { inner: rule.Not, location: `${at}/Not` }] : listed;
}

function checkOperand(operand: unknown, operator: string, at: string): Diagnostic[] {
  const type = operandType(operator);
  return typeof operand === type.toLowerCase() ? [] : [wrongType(type, `${at}/${operator}`)];
}

function operandType(operator: string): 'STRING' | 'NUMBER' | 'BOOLEAN' {
  if (operator.endsWith('Path')) return 'STRING';
  if (operator.startsWith('Numeric')) return 'NUMBER';
  return /^(Boolean|Is)/.test(operator) ? 'BOOLEAN' : 'STRING';
}
