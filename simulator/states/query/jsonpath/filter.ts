import type { Path } from './path.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: unknown };

export type Comparison =
  | '=='
  | '!='
  | '<='
  | '<'
  | '>='
  | '>'
  | 'in'
  | 'nin'
  | 'contains'
  | 'size'
  | 'empty';

/** What stands inside `?( … )`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly comparison: Comparison;
      readonly right: Operand;
    };

/** Finds what an operand's path names; undefined when there is nothing. */
export type Resolve = (path: Path) => { readonly value: unknown } | undefined;

export function holds(condition: Condition, resolve: Resolve): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => holds(term, resolve));
    case 'or':
      return condition.terms.some((term) => holds(term, resolve));
    case 'not':
      return !holds(condition.term, resolve);
    case 'exists':
      return operandValue(condition.operand, resolve) !== undefined;
    case 'compare': {
      const left = operandValue(condition.left, resolve);
      const right = operandValue(condition.right, resolve);
      return compare(left?.value, condition.comparison, right?.value);
    }
  }
}

function operandValue(operand: Operand, resolve: Resolve): { readonly value: unknown } | undefined {
  return operand.kind === 'value' ? operand : resolve(operand.path);
}

function compare(left: unknown, comparison: Comparison, right: unknown): boolean {
  switch (comparison) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case 'in':
      return Array.isArray(right) && right.some((item) => same(item, left));
    case 'nin':
      return Array.isArray(right) && !right.some((item) => same(item, left));
    case 'contains':
      if (typeof left === 'string') return left.includes(String(right));
      return Array.isArray(left) && left.some((item) => same(item, right));
    case 'size':
      return (typeof left === 'string' || Array.isArray(left)) && left.length === right;
    case 'empty':
      return (typeof left === 'string' || Array.isArray(left)) && (left.length === 0) === right;
    default:
      return ordered(left, comparison, right);
  }
}

/** Only numbers and texts have an order, and only among themselves. */
function ordered(left: unknown, comparison: '<=' | '<' | '>=' | '>', right: unknown): boolean {
  const numbers = typeof left === 'number' && typeof right === 'number';
  const texts = typeof left === 'string' && typeof right === 'string';
  if (!numbers && !texts) return false;
  if (comparison === '<') return left < right;
  if (comparison === '<=') return left <= right;
  return comparison === '>' ? left > right : left >= right;
}

/** Equality of JSON values, whatever the order of their members. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) => Object.hasOwn(right, name) && same(Reflect.get(left, name), Reflect.get(right, name)),
  );
}
