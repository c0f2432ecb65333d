/** A comparison of a Choice Rule: the variable's value against the rule's; types that differ never match. */
type Test = (value: unknown, wanted: unknown) => boolean;

/** RFC 3339 with an upper-case T and zone, as the States Language demands. */
const timestampPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export function isTimestamp(value: unknown): value is string {
  if (typeof value !== 'string' || !timestampPattern.test(value)) return false;
  return !Number.isNaN(Date.parse(value)) && isDay(value.slice(0, 'yyyy-mm-dd'.length));
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(date: string): boolean {
  const instant = Date.parse(date);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
}

type Order = <T extends number | string>(left: T, right: T) => boolean;

const orders: Readonly<Record<string, Order>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};

const texts = (order: Order): Test => {
  return (value, wanted) =>
    typeof value === 'string' && typeof wanted === 'string' && order(value, wanted);
};
const numbers = (order: Order): Test => {
  return (value, wanted) =>
    typeof value === 'number' && typeof wanted === 'number' && order(value, wanted);
};
const instants = (order: Order): Test => {
  return (value, wanted) =>
    isTimestamp(value) && isTimestamp(wanted) && order(Date.parse(value), Date.parse(wanted));
};

/** Those that may also take the other side from a path, as `…Path`. */
export const comparisons: ReadonlyMap<string, Test> = new Map([
  ...Object.entries(orders).flatMap(([name, order]) => ordered(name, order)),
  ['BooleanEquals', (value, wanted) => typeof value === 'boolean' && value === wanted],
] as [string, Test][]);

function ordered(name: string, order: Order): [string, Test][] {
  return [
    [`String${name}`, texts(order)],
    [`Numeric${name}`, numbers(order)],
    [`Timestamp${name}`, instants(order)],
  ];
}

/** Those that say what the value is; the rule may also demand the opposite. */
export const natures: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['IsNull', (value) => value === null],
  ['IsString', (value) => typeof value === 'string'],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', isTimestamp],
] as [string, (value: unknown) => boolean][]);

/** `*` stands for any characters, `\\*` and `\\\\` for themselves; no other sign is special. */
export function stringMatches(value: string, pattern: string): boolean {
  const parts: string[] = [''];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string;
    if (character === '*') parts.push('');
    else parts[parts.length - 1] += character === '\\' ? (pattern[++index] ?? '') : character;
  }
  const [head = '', ...rest] = parts;
  if (rest.length === 0) return value === head;
  const tail = rest.pop() ?? '';
  if (value.length < head.length + tail.length) return false;
  if (!value.startsWith(head) || !value.endsWith(tail)) return false;
  // Leftmost matches are enough, so that no pattern can take long.
  const end = value.length - tail.length;
  let at = head.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
