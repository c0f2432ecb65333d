import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { anythingBut } from './anything-but.ts';
import { PatternProblem, type Scalar, type ValueMatcher } from './value-matcher.ts';

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
      return anythingBut(operand, compileFilter);
    case 'numeric':
      return numeric(operand);
    case 'cidr':
      // AWS names the wrong filter here.
      return cidrMatcher(requireString(operand, 'prefix'));
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
    if (typeof limit !== 'number') {
      const name = operator === '=' ? 'equals' : operator;
      throw new PatternProblem(`Value of ${name} must be numeric`);
    }
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
        // AWS counts the quotation mark before the text.
        throw new PatternProblem(`Consecutive wildcard characters at pos ${index + 1}`);
      }
      source += '.*';
    } else if (character === '\\') {
      const escaped = pattern.charAt(++index);
      if (escaped !== '*' && escaped !== '\\') {
        throw new PatternProblem(`Invalid escape character at pos ${index}`);
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
  if (!bottom[0].startsWith('>')) {
    throw new PatternProblem('Too many elements in numeric expression');
  }
  if (!top[0].startsWith('<')) {
    throw new PatternProblem(`Bad numeric range operator: ${top[0]}`);
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
  if (bits === undefined) throw new PatternProblem(`Nonstandard IP address: ${address}`);
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
