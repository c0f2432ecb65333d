import { parsePath, readPath } from './parse-path.ts';
import type { Path } from './path.ts';
import { TextReader } from './text-reader.ts';

/** What a field that ends in `.$` may hold: a path or an intrinsic function with its arguments. */
export type Expression =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: unknown }
  /** A quoted argument, its escapes still in place: States.Format tells `\{` from `{`. */
  | { readonly kind: 'text'; readonly raw: string }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      /** As written, for messages. */
      readonly text: string;
    };

/** Functions that one field may hold, nested or not (intrinsic functions page). */
const longestNesting = 10;
const argumentRoot = /\$(\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;

/** Parses a path or an intrinsic function; throws PathSyntaxError. */
export function parseExpression(text: string): Expression {
  if (!text.startsWith('States.')) return { kind: 'path', path: parsePath(text) };
  const reader = new TextReader(text.trim());
  const call = readCall(reader);
  if (!reader.skipSpace().done) reader.fail('nothing may follow the function');
  if (calls(call) > longestNesting) {
    reader.fail(`a field may hold at most ${longestNesting} intrinsic functions, not`);
  }
  return call;
}

function readCall(reader: TextReader): Expression {
  const start = reader.position;
  reader.expect('States.');
  const name = reader.match(/[A-Za-z0-9]+/) ?? reader.fail('a function name expected');
  reader.skipSpace().expect('(');
  const args: Expression[] = [];
  while (!reader.skipSpace().accept(')')) {
    if (args.length > 0) reader.expect(',');
    args.push(readArgument(reader.skipSpace()));
  }
  return { kind: 'call', name, args, text: reader.text.slice(start, reader.position) };
}

function readArgument(reader: TextReader): Expression {
  if (reader.rest.startsWith('$')) return { kind: 'path', path: readPath(reader, argumentRoot) };
  if (reader.rest.startsWith('States.')) return readCall(reader);
  if (reader.rest.startsWith("'")) return { kind: 'text', raw: reader.quoted() ?? '' };
  const word = reader.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?|true\b|false\b|null\b/);
  if (word === undefined)
    reader.fail("a path, a function, a 'text', a number or a boolean expected");
  return { kind: 'value', value: JSON.parse(word) };
}

function calls(expression: Expression): number {
  if (expression.kind !== 'call') return 0;
  return expression.args.reduce((sum, argument) => sum + calls(argument), 1);
}
