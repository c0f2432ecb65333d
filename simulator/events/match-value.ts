/** JSON without containers: what a leaf of an event can be. */
export type Scalar = string | number | boolean | null;

/** Decides about one leaf of an event. */
export type ValueMatcher = (value: Scalar) => boolean;

export class PatternProblem extends Error {
  override readonly name = 'PatternProblem';
}

const notModelled = ['cidr'];
const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Compiles one content filter, such as `{ "prefix": "v" }`; `exists` is not a filter of values. */
export function compileFilter(name: string, operand: unknown): ValueMatcher {
  switch (name) {
    case 'prefix':
      return affix(operand, name, (text, part) => text.startsWith(part));
    case 'suffix':
      return affix(operand, name, (text, part) => text.endsWith(part));
    case 'equals-ignore-case': {
      const wanted = requireString(operand, name).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'wildcard': {
      const expression = compileWildcard(requireString(operand, name));
      return (value) => typeof value === 'string' && expression.test(value);
    }
    case 'anything-but':
      return anythingBut(operand);
    case 'numeric':
      return numeric(operand);
    default:
      throw new PatternProblem(
        notModelled.includes(name)
          ? `The simulator does not model the match type ${name}`
          : `Unrecognized match type ${name}`,
      );
  }
}

function affix(
  operand: unknown,
  name: string,
  test: (text: string, part: string) => boolean,
): ValueMatcher {
  if (typeof operand === 'object' && operand !== null) {
    const [[inner, part] = ['', undefined], ...more] = Object.entries(operand);
    if (inner !== 'equals-ignore-case' || more.length > 0) {
      throw new PatternProblem(`${name} takes a string or equals-ignore-case`);
    }
    const wanted = requireString(part, inner).toLowerCase();
    return (value) => typeof value === 'string' && test(value.toLowerCase(), wanted);
  }
  const part = requireString(operand, name);
  return (value) => typeof value === 'string' && test(value, part);
}

/** A value, several values, or one of the text filters turned around. */
function anythingBut(operand: unknown): ValueMatcher {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [[inner, parts] = ['', undefined], ...more] = Object.entries(operand);
    const allowed = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(inner);
    if (!allowed || more.length > 0) {
      throw new PatternProblem(
        'anything-but takes values, prefix, suffix, equals-ignore-case or wildcard',
      );
    }
    const list: unknown[] = Array.isArray(parts) ? parts : [parts];
    if (list.length === 0) throw new PatternProblem('Empty arrays are not allowed');
    const filters = list.map((part) => compileFilter(inner, part));
    return (value) => !filters.some((filter) => filter(value));
  }
  const excluded: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (excluded.length === 0) throw new PatternProblem('Empty arrays are not allowed');
  if (!excluded.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw new PatternProblem('anything-but takes strings or numbers');
  }
  return (value) => !(excluded as Scalar[]).includes(value);
}

function numeric(operand: unknown): ValueMatcher {
  const parts = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) {
    throw new PatternProblem('numeric takes one or two comparisons');
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparisons[String(parts[index])];
    const limit: unknown = parts[index + 1];
    if (!compare || typeof limit !== 'number') {
      throw new PatternProblem(`Bad numeric comparison: ${JSON.stringify(operand)}`);
    }
    tests.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** `*` stands for any text; a backslash escapes `*` and itself. */
function compileWildcard(pattern: string): RegExp {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === '*') {
      if (pattern.charAt(index + 1) === '*') {
        throw new PatternProblem('Consecutive wildcard characters are not allowed');
      }
      source += '.*';
    } else if (character === '\\') {
      const escaped = pattern.charAt(++index);
      if (escaped !== '*' && escaped !== '\\') {
        throw new PatternProblem('Only * and \\ can be escaped in a wildcard');
      }
      source += `\\${escaped}`;
    } else source += character.replace(/[.+?^${}()|[\]]/, '\\$&');
  }
  return new RegExp(`^${source}$`, 's');
}

function requireString(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new PatternProblem(`${name} match pattern must be a string`);
}
