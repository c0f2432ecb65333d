import type { Comparison, Condition, Operand } from './filter.ts';
import { readPath } from './parse-path.ts';
import { type TextReader, unescaped } from './text-reader.ts';

const comparisons: readonly Comparison[] = ['==', '!=', '<=', '<', '>=', '>'];
const worded = /(nin|in|contains|size|empty)\b/;
/** Of the same library, and not modelled: they are refused rather than misread. */
const unmodelled = /=~|(subsetof|anyof|noneof)\b/;
const filterRoot = /@|\$\$?/;

/** Reads the inside of `?( … )`: `!` binds before `&&`, and that before `||`. */
export function parseCondition(reader: TextReader): Condition {
  const terms = [conjunction(reader)];
  while (reader.skipSpace().accept('||')) terms.push(conjunction(reader));
  return terms.length === 1 ? (terms[0] as Condition) : { kind: 'or', terms };
}

function conjunction(reader: TextReader): Condition {
  const terms = [term(reader)];
  while (reader.skipSpace().accept('&&')) terms.push(term(reader));
  return terms.length === 1 ? (terms[0] as Condition) : { kind: 'and', terms };
}

function term(reader: TextReader): Condition {
  reader.skipSpace();
  if (reader.accept('!')) return { kind: 'not', term: term(reader) };
  if (reader.accept('(')) {
    const inner = parseCondition(reader);
    reader.skipSpace().expect(')');
    return inner;
  }
  const left = readOperand(reader);
  reader.skipSpace();
  const refused = reader.match(unmodelled);
  if (refused !== undefined) reader.fail(`the filter operator ${refused} is not modelled`);
  const comparison = comparisons.find((sign) => reader.accept(sign)) ?? reader.match(worded);
  if (comparison === undefined) return { kind: 'exists', operand: left };
  const right = readOperand(reader.skipSpace());
  return { kind: 'compare', left, comparison: comparison as Comparison, right };
}

function readOperand(reader: TextReader): Operand {
  if (/^[@$]/.test(reader.rest)) return { kind: 'path', path: readPath(reader, filterRoot) };
  const text = reader.quoted();
  if (text !== undefined) return { kind: 'value', value: unescaped(text) };
  if (reader.accept('[')) return { kind: 'value', value: readList(reader) };
  const word = reader.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?|true\b|false\b|null\b/);
  if (word === undefined) reader.fail('a path or a value expected');
  return { kind: 'value', value: JSON.parse(word) };
}

function readList(reader: TextReader): unknown[] {
  const items: unknown[] = [];
  while (!reader.skipSpace().accept(']')) {
    if (items.length > 0) reader.expect(',');
    const operand = readOperand(reader.skipSpace());
    if (operand.kind === 'path') reader.fail('a list in a filter holds values only');
    items.push(operand.value);
  }
  return items;
}
