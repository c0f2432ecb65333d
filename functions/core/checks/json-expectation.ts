import type { JsonExpectation } from '../config/expectation-schemas.ts';
import type { Mask } from '../probe/mask.ts';
import { readJsonPath } from './json-path.ts';
import { type Miss, shortJson } from './miss.ts';
import { sameJson } from './same-json.ts';

export type { JsonExpectation };

type JsonRules = Extract<JsonExpectation, object>;

/**
 * What a JSON document misses of an expectation about one path; undefined when it is met. Everything but
 * `exists: false` needs the value to be there, an empty expectation included.
 */
export function judgeJsonExpectation(
  document: unknown,
  path: string,
  expectation: JsonExpectation,
  mask: Mask = (text) => text,
): Miss | undefined {
  const value = readJsonPath(document, path);
  const rules: JsonRules =
    typeof expectation === 'object' && expectation !== null ? expectation : { equals: expectation };
  if (meets(value, rules)) {
    return undefined;
  }
  const observed = value === undefined ? 'a body without it' : describeValue(value, rules, mask);
  return { expected: mask(`${path} ${describe(rules)}`), observed };
}

function meets(value: unknown, rules: JsonRules): boolean {
  if (rules.exists === false) return value === undefined;
  if (value === undefined) return false;
  const holds = <T>(bound: T | undefined, rule: (bound: T) => boolean) =>
    bound === undefined || rule(bound);
  const number = (rule: (value: number, bound: number) => boolean) => (bound: number) =>
    typeof value === 'number' && rule(value, bound);
  const length = lengthOf(value);
  return (
    holds(rules.type, (type) => isOfType(value, type)) &&
    holds(rules.equals, (equals) => sameJson(value, equals)) &&
    holds(rules.notEquals, (other) => !sameJson(value, other)) &&
    holds(rules.contains, (part) => containsPart(value, part)) &&
    holds(rules.matches, (matches) => isText(value) && new RegExp(matches, 'u').test(value)) &&
    holds(
      rules.atLeast,
      number((it, bound) => it >= bound),
    ) &&
    holds(
      rules.atMost,
      number((it, bound) => it <= bound),
    ) &&
    holds(
      rules.above,
      number((it, bound) => it > bound),
    ) &&
    holds(
      rules.below,
      number((it, bound) => it < bound),
    ) &&
    holds(rules.minLength, (least) => length !== undefined && length >= least) &&
    holds(rules.maxLength, (most) => length !== undefined && length <= most)
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isOfType(value: unknown, type: NonNullable<JsonRules['type']>): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return type === typeOf(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Characters, not UTF-16 units, of a text; items of a list. */
function lengthOf(value: unknown): number | undefined {
  if (isText(value)) return [...value].length;
  return Array.isArray(value) ? value.length : undefined;
}

function containsPart(value: unknown, part: NonNullable<JsonRules['contains']> | null): boolean {
  if (isText(value)) return isText(part) && value.includes(part);
  return Array.isArray(value) && value.some((item) => sameJson(item, part));
}

function describe(rules: JsonRules): string {
  if (rules.exists === false) return 'not to exist';
  const words: [keyof JsonRules, (bound: unknown) => string][] = [
    ['type', (type) => `be of type ${type}`],
    ['equals', (value) => `be ${JSON.stringify(value)}`],
    ['notEquals', (value) => `not be ${JSON.stringify(value)}`],
    ['contains', (value) => `contain ${JSON.stringify(value)}`],
    ['matches', (matches) => `match /${matches}/`],
    ['atLeast', (bound) => `be at least ${bound}`],
    ['atMost', (bound) => `be at most ${bound}`],
    ['above', (bound) => `be above ${bound}`],
    ['below', (bound) => `be below ${bound}`],
    ['minLength', (bound) => `have at least length ${bound}`],
    ['maxLength', (bound) => `have at most length ${bound}`],
  ];
  const wanted = words.flatMap(([name, say]) =>
    rules[name] === undefined ? [] : say(rules[name]),
  );
  return `to ${wanted.length === 0 ? 'exist' : wanted.join(' and ')}`;
}

function describeValue(value: unknown, rules: JsonRules, mask: Mask): string {
  const shown = shortJson(value, mask);
  const bounded = rules.minLength !== undefined || rules.maxLength !== undefined;
  if (!bounded) return shown;
  return `${shown} of ${lengthOf(value) === undefined ? 'no length' : `length ${lengthOf(value)}`}`;
}
