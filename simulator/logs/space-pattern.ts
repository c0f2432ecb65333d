import { readExpression, TokenReader } from './boolean-expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { type Comparator, compileComparison, invalidPattern } from './pattern-value.ts';

interface Field {
  /** Undefined for `...`, which stands for any number of fields. */
  readonly name: string | undefined;
  readonly test: (value: string) => boolean;
}

const token = /\s*(&&|\|\||!=|<=|>=|[=<>()]|"(?:[^"\\]|\\.)*"|%[^%]+%|[^\s()=<>!&|]+)/y;

/** `[ip, user, ..., status = 4*, bytes > 1000]`; `"…"` and `[…]` of a message are one field each. */
export function compileSpacePattern(text: string): FilterPattern {
  const refuse = () => invalidPattern(text);
  if (!text.endsWith(']')) throw refuse();
  const fields = splitFields(text.slice(1, -1)).map((part) => readField(part, refuse));
  if (fields.filter(({ name }) => name === undefined).length > 1) throw refuse();
  const values = (message: string) => assign(fields, fieldsOf(message));
  const matches = (message: string) => {
    const given = values(message);
    return given !== undefined && fields.every((field, at) => field.test(given[at] ?? ''));
  };
  const extractAll = (message: string) =>
    Object.fromEntries(
      fields.flatMap(({ name }, at) => {
        const value = values(message)?.[at];
        return name === undefined || value === undefined ? [] : [[`$${name}`, value]];
      }),
    );
  return { matches, extract: (message, selector) => extractAll(message)[selector], extractAll };
}

/** At commas outside quotation marks. */
function splitFields(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|%[^%]+%|[^,"%])+/g) ?? [];
}

function readField(source: string, refuse: () => Error): Field {
  const text = source.trim();
  if (text === '...') return { name: undefined, test: () => true };
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1];
    if (found === undefined) throw refuse();
    tokens.push(found);
  }
  const [name = ''] = tokens.filter((entry) => entry !== '(');
  if (!/^\w+$/.test(name)) throw refuse();
  if (tokens.length === 1) return { name, test: () => true };
  const reader = new TokenReader(tokens);
  const test = readExpression<string>(
    reader,
    () => {
      if (reader.next() !== name) throw refuse();
      const comparator = reader.next();
      const value = reader.next();
      if (!['=', '!=', '<', '<=', '>', '>='].includes(comparator) || value === '') throw refuse();
      return compileComparison(comparator as Comparator, value);
    },
    refuse,
  );
  if (reader.peek() !== undefined) throw refuse();
  return { name, test };
}

function fieldsOf(message: string): string[] {
  return [...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, bare]) => quoted ?? bracketed ?? bare ?? '',
  );
}

/** The message's fields by position; undefined when their number does not fit. */
function assign(fields: readonly Field[], given: readonly string[]): string[] | undefined {
  const gap = fields.findIndex(({ name }) => name === undefined);
  if (gap < 0) return fields.length === given.length ? [...given] : undefined;
  const after = fields.length - gap - 1;
  if (given.length < gap + after) return undefined;
  return [...given.slice(0, gap), '', ...given.slice(given.length - after)];
}
