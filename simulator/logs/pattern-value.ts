import { AwsError } from '../core/aws-error.ts';

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Tests the text of a value; numbers are compared as numbers. */
export type ValueTest = (value: string) => boolean;

export function invalidPattern(pattern: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);
}

/** Parentheses and most symbols are not supported by CloudWatch Logs; so no pattern can run away. */
export function compileRegex(source: string): RegExp {
  if (!/^[\w:#=@/;, \-^$?[\]{}|\\*+.]+$/.test(source)) throw invalidPattern(`%${source}%`);
  try {
    return new RegExp(source);
  } catch {
    throw invalidPattern(`%${source}%`);
  }
}

/** `value` is as written: quoted, `%regex%` or bare; `*` stands for any characters. */
export function compileComparison(comparator: Comparator, value: string): ValueTest {
  if (comparator === '=' || comparator === '!=') {
    const equal = compileEquality(value);
    return comparator === '=' ? equal : (given) => !equal(given);
  }
  const limit = numberOf(value);
  if (limit === undefined) throw invalidPattern(`${comparator} ${value}`);
  return (given) => {
    const number = numberOf(given);
    if (number === undefined) return false;
    if (comparator === '<') return number < limit;
    if (comparator === '<=') return number <= limit;
    return comparator === '>' ? number > limit : number >= limit;
  };
}

function compileEquality(value: string): ValueTest {
  if (/^%.+%$/s.test(value)) {
    const regex = compileRegex(value.slice(1, -1));
    return (given) => regex.test(given);
  }
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const text = quoted?.replace(/\\(.)/g, '$1') ?? value;
  const number = quoted === undefined ? numberOf(value) : undefined;
  if (number !== undefined) return (given) => numberOf(given) === number;
  if (!text.includes('*')) return (given) => given === text;
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${parts.join('.*')}$`, 's');
  return (given) => regex.test(given);
}

export function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
