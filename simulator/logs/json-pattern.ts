import { readExpression, TokenReader } from './boolean-expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { compileSelector } from './json-selector.ts';
import { type Comparator, compileComparison, invalidPattern } from './pattern-value.ts';

type DocumentTest = (document: unknown) => boolean;

const token =
  /\s*(&&|\|\||!=|<=|>=|[=<>()]|\$(?:\.[\w-]+|\[(?:\d+|\*|"[^"]*"|'[^']*')\])*|"(?:[^"\\]|\\.)*"|%[^%]+%|[^\s()=<>!&|]+)/y;

/** `{ $.a = "x" && ($.b > 3 || $.c NOT EXISTS) }`; a message that is no JSON object never matches. */
export function compileJsonPattern(text: string): FilterPattern {
  const refuse = () => invalidPattern(text);
  if (!text.endsWith('}')) throw refuse();
  const tokens = tokensOf(text.slice(1, -1).trim(), refuse);
  const reader = new TokenReader(tokens);
  const test = readExpression(reader, () => readComparison(reader, refuse), refuse);
  if (reader.peek() !== undefined) throw refuse();
  const selectors = tokens.filter((entry) => entry.startsWith('$'));
  const extract = (message: string, selector: string) => {
    const [value] = compileSelector(selector)(parse(message));
    return value === undefined || value === null ? undefined : textOf(value);
  };
  return {
    matches: (message) => {
      const document = parse(message);
      return document !== undefined && test(document);
    },
    extract,
    extractAll: (message) =>
      Object.fromEntries(
        selectors.flatMap((selector) => {
          const value = extract(message, selector);
          return value === undefined ? [] : [[selector, value]];
        }),
      ),
  };
}

function tokensOf(text: string, refuse: () => Error): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1];
    if (found === undefined) throw refuse();
    tokens.push(found);
  }
  return tokens;
}

function readComparison(reader: TokenReader, refuse: () => Error): DocumentTest {
  const source = reader.next();
  if (!source.startsWith('$')) throw refuse();
  const select = compileSelector(source);
  const operator = reader.next();
  if (operator === 'NOT' && reader.accept('EXISTS')) {
    return (document) => select(document).length === 0;
  }
  if (operator === 'EXISTS') return (document) => select(document).length > 0;
  if (operator === 'IS') {
    const wanted = constants.get(reader.next());
    if (wanted === undefined) throw refuse();
    return (document) => select(document).includes(wanted);
  }
  if (!comparators.includes(operator)) throw refuse();
  const value = reader.next();
  if (value === '') throw refuse();
  const test = compileComparison(operator as Comparator, value);
  // A member that is missing is neither equal nor unequal (assumption).
  return (document) =>
    select(document).some((found) => typeof found !== 'object' && test(textOf(found)));
}

const comparators = ['=', '!=', '<', '<=', '>', '>='];
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['TRUE', true],
  ['FALSE', false],
  ['NULL', null],
]);

function parse(message: string): unknown {
  if (!/^\s*[{[]/.test(message)) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
