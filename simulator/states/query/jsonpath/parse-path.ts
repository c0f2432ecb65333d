import { parseCondition } from './parse-filter.ts';
import type { Path, Selector, Step } from './path.ts';
import { TextReader, unescaped } from './text-reader.ts';

const dottedName = /[^.[\](){}'"\s,*?@:=!<>&|~]+/;
const rootName = /\$(\$|[\p{ID_Start}_][\p{ID_Continue}]*)?/u;

/**
 * Parses a JSONPath as Step Functions takes it: the dialect of Jayway's library (states-language.net,
 * Paths), with its names, indexes, lists, slices, wildcards, filters, `..` and `length()`. Throws
 * PathSyntaxError. Space around it does not count (its PathCompiler trims).
 */
export function parsePath(text: string): Path {
  const reader = new TextReader(text.trim());
  const path = readPath(reader, rootName);
  if (!reader.done) reader.fail(`'${reader.rest}' is not part of a path`);
  return path;
}

/** Reads a path up to whatever cannot belong to it. */
export function readPath(reader: TextReader, rootPattern: RegExp): Path {
  const start = reader.position;
  const root = reader.match(rootPattern) ?? reader.fail('a path must begin with $');
  const steps: Step[] = [];
  for (;;) {
    const descend = reader.accept('..');
    // `$.[0]` is `$[0]`: PathCompilerTest of the library, and what the CDK once asked for (aws-cdk #9403).
    if (reader.accept('[') || reader.accept('.['))
      steps.push({ selector: readBrackets(reader), descend });
    else if (descend || reader.accept('.')) steps.push({ selector: readDotted(reader), descend });
    else return { text: reader.text.slice(start, reader.position), root, steps };
  }
}

function readDotted(reader: TextReader): Selector {
  if (reader.accept('*')) return { kind: 'wildcard' };
  const name = reader.match(dottedName) ?? reader.fail('a name expected');
  if (name === 'length' && reader.accept('()')) return { kind: 'length' };
  return { kind: 'names', names: [name] };
}

function readBrackets(reader: TextReader): Selector {
  const selector = readSelector(reader.skipSpace());
  reader.skipSpace().expect(']');
  return selector;
}

function readSelector(reader: TextReader): Selector {
  if (reader.accept('*')) return { kind: 'wildcard' };
  if (reader.accept('?')) {
    reader.skipSpace().expect('(');
    const condition = parseCondition(reader);
    reader.skipSpace().expect(')');
    return { kind: 'filter', condition };
  }
  const name = reader.quoted();
  if (name !== undefined) {
    const more = list(reader, () => reader.quoted() ?? reader.fail('a quoted name expected'));
    return { kind: 'names', names: [name, ...more].map(unescaped) };
  }
  const from = integer(reader);
  if (reader.skipSpace().accept(':')) {
    const to = integer(reader.skipSpace());
    return { kind: 'slice', from, to };
  }
  if (from === undefined) reader.fail('an index or a quoted name expected');
  const more = list(reader, () => integer(reader) ?? reader.fail('an index expected'));
  return { kind: 'indexes', indexes: [from, ...more] };
}

function list<T>(reader: TextReader, read: () => T): T[] {
  const items: T[] = [];
  while (reader.skipSpace().accept(',')) {
    reader.skipSpace();
    items.push(read());
  }
  return items;
}

function integer(reader: TextReader): number | undefined {
  const digits = reader.match(/-?\d+/);
  return digits === undefined ? undefined : Number(digits);
}
