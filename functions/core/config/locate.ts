import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/** Keys of maps and positions in lists, from the root. */
export type ProblemPath = readonly (string | number)[];

export interface Location {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Character offset at which the node ends; without end for what is missing. */
  readonly endOffset: number;
}

/**
 * Where in the text a path is: the key of a member, the start of a list's item. For what is missing, the
 * nearest ancestor that is there.
 */
export function locate(document: Document, lines: LineCounter, path: ProblemPath): Location {
  let node: unknown = document.contents;
  let place = offsetsOf(node);
  for (const key of path) {
    const next = child(node, key);
    if (next === undefined) {
      place = { ...place, end: Number.POSITIVE_INFINITY };
      break;
    }
    const value = offsetsOf(next.value);
    place = { start: offsetsOf(next.place).start, end: Math.max(value.end, place.start) };
    node = next.value;
  }
  const { line, col } = lines.linePos(place.start);
  return { line: Math.max(line, 1), column: Math.max(col, 1), endOffset: place.end };
}

interface Child {
  readonly place: unknown;
  readonly value: unknown;
}

function child(node: unknown, key: string | number): Child | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => keyOf(item.key) === String(key));
    return pair === undefined ? undefined : { place: pair.key, value: pair.value ?? pair.key };
  }
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key];
    return item === undefined ? undefined : { place: item, value: item };
  }
  return undefined;
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function offsetsOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = (node as Partial<Node> | null)?.range;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
