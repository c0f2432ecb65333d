import type { Bounds, ServiceConstraints, ShapeConstraints } from './constraint-file.ts';
import { patternMatches } from './java-pattern.ts';

export type ConstraintRule = 'required' | 'enum' | 'length' | 'range' | 'pattern' | 'items';

/** A value that the model does not allow. */
export interface Violation {
  readonly rule: ConstraintRule;
  /** Members from the top; positions in lists count from 1. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Whether messages leave the value out. */
  readonly sensitive: boolean;
  /** As AWS's framework words it, e.g. `Member must have length less than or equal to 64`. */
  readonly constraint: string;
  /** That of the items for the rule `items`. */
  readonly shape: ShapeConstraints;
}

/** No message lists more than this; a list can have any number of wrong entries. */
const mostViolations = 100;

/** Compares a decoded value with the constraints of a shape, those of what it contains included. */
export function findViolations(
  { shapes }: ServiceConstraints,
  shapeName: string | undefined,
  value: unknown,
): Violation[] {
  const found: Violation[] = [];
  const visit = (name: string | undefined, given: unknown, path: Violation['path']) => {
    const shape = name === undefined ? undefined : shapes[name];
    if (!shape || given === undefined || given === null || found.length >= mostViolations) return;
    const sensitive = shape.sensitive === true;
    const add = (rule: ConstraintRule, constraint: string, of = shape) =>
      found.push({ rule, path, value: given, sensitive, constraint, shape: of });
    for (const [rule, constraint] of brokenRules(shape, given)) add(rule, constraint);
    if (Array.isArray(given)) {
      const item = shape.item === undefined ? undefined : shapes[shape.item];
      const simple = item && ownConstraints(item);
      if (item && simple && !isContainer(item)) {
        if (given.some((each) => isGiven(each) && brokenRules(item, each).length > 0)) {
          add('items', `Member must satisfy constraint: [${simple.join(', ')}]`, item);
        }
      } else {
        given.forEach((each, index) => {
          visit(shape.item, each, [...path, index + 1]);
        });
      }
    } else if (isRecord(given)) {
      visitMap(shape, given, shapes, add);
      for (const [member, memberShape] of Object.entries(shape.members ?? {})) {
        visit(memberShape, given[member], [...path, member]);
      }
      if (shape.value !== undefined && isContainer(shapes[shape.value] ?? {})) {
        for (const [key, each] of Object.entries(given)) visit(shape.value, each, [...path, key]);
      }
    }
  };
  visit(shapeName, value, []);
  return found;
}

function visitMap(
  shape: ShapeConstraints,
  given: Readonly<Record<string, unknown>>,
  shapes: ServiceConstraints['shapes'],
  add: (rule: ConstraintRule, constraint: string) => void,
): void {
  const check = (name: string | undefined, values: readonly unknown[], subject: string) => {
    const each = name === undefined ? undefined : shapes[name];
    if (!each || isContainer(each)) return;
    if (values.some((one) => isGiven(one) && brokenRules(each, one).length > 0)) {
      add('items', `${subject} must satisfy constraint: [${ownConstraints(each).join(', ')}]`);
    }
  };
  check(shape.key, Object.keys(given), 'Map keys');
  check(shape.value, Object.values(given), 'Map value');
}

/** The rules of the shape itself that a value breaks, in the order of AWS's messages. */
function brokenRules(shape: ShapeConstraints, value: unknown): [ConstraintRule, string][] {
  const broken: [ConstraintRule, string][] = [];
  const { enum: values, length, range, pattern } = shape;
  if (values && typeof value === 'string' && !values.includes(value)) {
    broken.push(['enum', enumRule(values)]);
  }
  const size = sizeOf(value);
  if (length && size !== undefined) {
    for (const text of outside(length, size, 'length')) broken.push(['length', text]);
  }
  if (range && (typeof value === 'number' || typeof value === 'bigint')) {
    for (const text of outside(range, value, 'value')) broken.push(['range', text]);
  }
  if (pattern !== undefined && typeof value === 'string' && !patternMatches(pattern, value)) {
    broken.push(['pattern', patternRule(pattern)]);
  }
  return broken;
}

/** All that a simple shape asks for, as messages about lists and maps enumerate it. */
function ownConstraints({ enum: values, length, range, pattern }: ShapeConstraints): string[] {
  return [
    ...(values ? [enumRule(values)] : []),
    ...(length ? boundRules(length, 'length') : []),
    ...(range ? boundRules(range, 'value') : []),
    ...(pattern === undefined ? [] : [patternRule(pattern)]),
  ];
}

function isContainer({ members, item, key, value, required }: ShapeConstraints): boolean {
  return Boolean(members ?? item ?? key ?? value ?? required);
}

function boundRules([least, most]: Bounds, what: string): string[] {
  return [
    ...(most === null ? [] : [`Member must have ${what} less than or equal to ${most}`]),
    ...(least === null ? [] : [`Member must have ${what} greater than or equal to ${least}`]),
  ];
}

function outside([least, most]: Bounds, size: number | bigint, what: string): string[] {
  if (most !== null && size > most) return boundRules([null, most], what);
  return least !== null && size < least ? boundRules([least, null], what) : [];
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) {
    return value.length;
  }
  return isRecord(value) ? Object.keys(value).length : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date || value instanceof Uint8Array || Array.isArray(value))
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function enumRule(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`;
}

function patternRule(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}
