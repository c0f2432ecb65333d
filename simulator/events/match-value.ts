import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** JSON without containers: what a leaf of an event can be. */
export type Scalar = string | number | boolean | null;

/** Decides about one leaf of an event. */
export type ValueMatcher = (value: Scalar) => boolean;

export class PatternProblem extends Error {
  override readonly name = 'PatternProblem';
}

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
    case 'cidr':
      return cidrMatcher(requireString(operand, name));
    default:
      throw new PatternProblem(`Unrecognized match type ${name}`);
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
  const [type = '', ...others] = [...new Set(excluded.map((value) => typeof value))];
  if (others.length > 0 || !['string', 'number'].includes(type)) {
    throw new PatternProblem(
      'Value of anything-but must be an array of strings or numbers, or a single one of them',
    );
  }
  return (value) => !(excluded as Scalar[]).includes(value);
}

const largestNumber = 5_000_000_000;

/** `["=", 5]`, `[">", 0]`, or a range `[">", 0, "<=", 5]` whose bottom lies below its top. */
function numeric(operand: unknown): ValueMatcher {
  if (!Array.isArray(operand)) throw new PatternProblem('Value of numeric must be an array.');
  const parts: unknown[] = operand;
  if (parts.length > 4) throw new PatternProblem('Too many terms in numeric range expression');
  if (parts.length === 0) throw new PatternProblem('Empty arrays are not allowed');
  const terms: [string, number][] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const operator = String(parts[index]);
    const limit: unknown = parts[index + 1];
    if (!comparisons[operator]) {
      throw new PatternProblem(`Unrecognized numeric range operator: ${operator}`);
    }
    if (typeof limit !== 'number') throw new PatternProblem(`Value of ${operator} must be numeric`);
    if (Math.abs(limit) > largestNumber) {
      throw new PatternProblem('Value must be between -5.0E9 and 5.0E9, inclusive');
    }
    terms.push([operator, limit]);
  }
  checkRange(terms);
  const tests = terms.map(
    ([operator, limit]) =>
      (value: number) =>
        comparisons[operator]?.(value, limit) === true,
  );
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

function checkRange([first, second]: readonly [string, number][]): void {
  if (!first || !second) return;
  const [bottom, top] = [first, second];
  if (!bottom[0].startsWith('>') || !top[0].startsWith('<')) {
    throw new PatternProblem('Bad numeric range: it takes > or >= first, then < or <=');
  }
  if (bottom[1] >= top[1]) throw new PatternProblem('Bottom must be less than top');
}

/** IPv4 or IPv6; an address belongs when its leading bits are those of the block. */
function cidrMatcher(text: string): ValueMatcher {
  const [address = '', length, ...more] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  const prefix = length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
  if (length === undefined || more.length > 0) {
    throw new PatternProblem("Malformed CIDR, one '/' required");
  }
  if (bits === undefined)
    throw new PatternProblem(`Malformed CIDR, illegal IP address: ${address}`);
  if (prefix === undefined)
    throw new PatternProblem('Malformed CIDR, mask bits must be an integer');
  if (prefix > bits) throw new PatternProblem(`Malformed CIDR, mask bits must not be > ${bits}`);
  const block = new BlockList();
  block.addSubnet(address, prefix, bits === 32 ? 'ipv4' : 'ipv6');
  return (value) => {
    if (typeof value !== 'string') return false;
    if (bits === 32) return isIPv4(value) && block.check(value, 'ipv4');
    return isIPv6(value) && block.check(value, 'ipv6');
  };
}
