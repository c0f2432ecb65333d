import { base64Finders } from './base64-spellings.ts';
import { beginningsAt } from './escapes.ts';
import { between, type FindHits, type Hit, hitsInLayers, replaceHits } from './secret-hits.ts';
import { secretPieces } from './secret-pieces.ts';
import { beginningFinder, type Finder, spelledFinder } from './secret-spellings.ts';

/** Takes secret values out of a text. */
export type Mask = (text: string) => string;

/** Shorter values are masked only where they stand alone: masking each `1` would leave nothing to read. */
export const shortLength = 4;

/** Encodings within encodings that are undone to look for secrets, e.g. JSON within a URL within HTML. */
const mostLayers = 2;

/**
 * A mask for values by their references: `abc` of `secrets.token` becomes `${secrets.token}`, as it is and in
 * the spellings that an answer may echo it in: JSON, percent-encoded, HTML, Unicode escapes, any mixture of them,
 * one within the other, and base64 as in Basic authentication, at any offset; so do its pieces, such as the lines of
 * a key. A masked text stays as it is when masked again.
 */
export function maskOf(values: Readonly<Record<string, string>>): Mask {
  const known = Object.entries(values)
    .flatMap(([name, value]) => secretPieces(value).map((piece) => ({ name, piece })))
    // A value that contains another one is masked as a whole.
    .sort((left, right) => right.piece.length - left.piece.length)
    .map(({ name, piece }) => ({ reference: `\${${name}}`, piece }));
  if (known.length === 0) return (text) => text;
  const whole = byFirstUnit(known, findersOf);
  // Only behind the whole ones: the beginning of one may lie before another one and reach into it.
  const begun = byFirstUnit(known, (piece) => [beginningFinder(piece)].flatMap((one) => one ?? []));
  const find: FindHits = (text) => {
    const hits = hitsIn(text, whole);
    return [...hits, ...between(hits, text, (part) => hitsIn(part, begun))];
  };
  return (text) => replaceHits(text, hitsInLayers(text, find, mostLayers));
}

interface Known {
  readonly reference: string;
  readonly piece: string;
}

interface Sought {
  /** Position in the order in which they are looked for. */
  readonly rank: number;
  readonly reference: string;
  readonly finder: Finder;
}

/** What may begin with a unit: first of all what is masked already. */
function byFirstUnit(
  known: readonly Known[],
  findersFor: (piece: string) => readonly Finder[],
): ReadonlyMap<number, readonly Sought[]> {
  const sought = [
    ...known.map(({ reference }) => ({ reference, finder: literalFinder(reference) })),
    ...known.flatMap(({ reference, piece }) =>
      findersFor(piece).map((finder) => ({ reference, finder })),
    ),
  ];
  const byFirst = new Map<number, Sought[]>();
  for (const [rank, one] of sought.entries()) {
    for (const first of one.finder.firsts) {
      const list = byFirst.get(first) ?? [];
      list.push({ rank, ...one });
      byFirst.set(first, list);
    }
  }
  return byFirst;
}

function hitsIn(text: string, byFirst: ReadonlyMap<number, readonly Sought[]>): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < text.length; ) {
    const hit = firstHit(soughtAt(byFirst, text, at), text, at);
    if (hit !== undefined) hits.push({ start: at, ...hit });
    at = hit?.end ?? at + 1;
  }
  return hits;
}

/** In the order in which they are to be looked for, each once. */
function soughtAt(
  byFirst: ReadonlyMap<number, readonly Sought[]>,
  text: string,
  at: number,
): readonly Sought[] {
  const lists = beginningsAt(text, at).flatMap((first) => {
    const sought = byFirst.get(first);
    return sought === undefined ? [] : [sought];
  });
  const [first = [], ...others] = lists;
  return others.length === 0 ? first : lists.flat().toSorted((a, b) => a.rank - b.rank);
}

function firstHit(
  candidates: readonly Sought[],
  text: string,
  at: number,
): { readonly reference: string; readonly end: number } | undefined {
  for (const { reference, finder } of candidates) {
    const end = finder.endAt(text, at);
    if (end !== undefined) return { reference, end };
  }
  return undefined;
}

/** Masks every text of a value of plain data, names of members included. */
export function maskDeep<T>(value: T, mask: Mask): T {
  const masked = (part: unknown): unknown => {
    if (typeof part === 'string') return mask(part);
    if (Array.isArray(part)) return part.map(masked);
    // Its message is not among its entries.
    if (part instanceof Error) return mask(String(part));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [mask(name), masked(member)]),
    );
  };
  return masked(value) as T;
}

function findersOf(value: string): Finder[] {
  const spelled = spelledFinder(value);
  return [value.length < shortLength ? alone(spelled) : spelled, ...base64Finders(value)];
}

function literalFinder(literal: string): Finder {
  return {
    firsts: new Set([literal.charCodeAt(0)]),
    endAt: (text, at) => (text.startsWith(literal, at) ? at + literal.length : undefined),
  };
}

/** Only where neither a letter nor a digit is next to it. */
function alone({ firsts, endAt }: Finder): Finder {
  return {
    firsts,
    endAt(text, at) {
      const end = endAt(text, at);
      if (end === undefined) return undefined;
      const before = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
      const after = /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
      return before || after ? undefined : end;
    },
  };
}
