import {
  afterBackslashes,
  beginningsOf,
  braced,
  entities,
  jsonEscapes,
  matchAt,
  mostBackslashes,
  numbered,
  percent,
  unit,
} from './escapes.ts';

/** Finds a text at one place of another: where it ends, undefined when it does not begin there. */
export interface Finder {
  /** What it may begin with once escapes are undone, as `beginningsAt` names it. */
  readonly firsts: ReadonlySet<number>;
  endAt(text: string, at: number): number | undefined;
}

/** So many of its first characters are a secret cut short: by a service that quotes the beginning, or by a limit. */
const tellingCharacters = 16;

/**
 * Finds a text whose characters are each spelled as themselves, as JSON or JavaScript escape them, percent-encoded
 * or as HTML entity, mixed at will. All readings are followed at once, so that no text takes more than its length
 * times the secret's, and no length of a secret is too much, as both would be for a regular expression.
 */
export function spelledFinder(value: string): Finder {
  return finderOf(value, Number.POSITIVE_INFINITY);
}

/** Finds what a service quotes of the beginning of a text, or a limit left of it; none of a short text. */
export function beginningFinder(value: string): Finder | undefined {
  return value.length > tellingCharacters ? finderOf(value, tellingCharacters) : undefined;
}

/** Ends behind the whole of `value`, or behind as many of its characters as are there, at least `fewest`. */
function finderOf(value: string, fewest: number): Finder {
  // Backslashes in a row are one thing: which of a longer row belongs to which of them is nobody's question.
  const characters = Array.from(value.matchAll(/\\+|[^\\]/gsu), ([literal]) => toSpelling(literal));
  return {
    firsts: beginningsOf(value),
    endAt(text, at) {
      let ends = [at];
      for (const [index, character] of characters.entries()) {
        const next = endsOf(character, text, ends);
        if (next.length === 0) return index < fewest ? undefined : Math.max(...ends);
        ends = next;
      }
      return Math.max(...ends);
    },
  };
}

interface Spelling {
  readonly literal: string;
  readonly code: number;
  readonly bytes: readonly number[];
}

function toSpelling(literal: string): Spelling {
  const code = literal.codePointAt(0) ?? 0;
  return { literal, code, bytes: [...new TextEncoder().encode(literal)] };
}

function endsOf(spelling: Spelling, text: string, starts: readonly number[]): number[] {
  const [start, ...others] = starts;
  if (start === undefined) return [];
  if (others.length === 0) return endsFrom(spelling, text, start);
  return [...new Set(starts.flatMap((one) => endsFrom(spelling, text, one)))];
}

function endsFrom(spelling: Spelling, text: string, at: number): number[] {
  const { literal } = spelling;
  const plain = text.startsWith(literal, at) ? [at + literal.length] : [];
  switch (text[at]) {
    case '\\':
      return [...plain, ...escapedEnds(spelling, text, at)];
    case '%':
      return [...plain, ...present(percentEnd(spelling, text, at))];
    case '&':
      return [...plain, ...present(entityEnd(spelling, text, at))];
    case '+':
      return literal === ' ' ? [at + 1] : plain;
    default:
      return plain;
  }
}

/** JSON within JSON escapes twice; a backslash itself is escaped by more of them. */
function escapedEnds({ literal, code }: Spelling, text: string, at: number): number[] {
  const units = present(unitsEnd(literal, text, at));
  if (literal.startsWith('\\')) return [...units, ...backslashEnds(literal.length, text, at)];
  const after = afterBackslashes(text, at);
  const ends = text.startsWith(literal, after) ? [after + literal.length] : [];
  const escaped = jsonEscapes[literal];
  if (escaped !== undefined && text[after] === escaped) ends.push(after + 1);
  const match = matchAt(braced, text, after);
  if (match !== null && Number.parseInt(match[1] ?? '', 16) === code) ends.push(braced.lastIndex);
  return [...units, ...ends];
}

/** All of the row, or all but what may escape the next character. */
function backslashEnds(count: number, text: string, at: number): number[] {
  const after = afterBackslashes(text, at, (count + 1) * mostBackslashes);
  const fewest = Math.max(at + count, after - mostBackslashes);
  return Array.from({ length: Math.max(0, after - fewest + 1) }, (_, index) => fewest + index);
}

/** UTF-16 units, as JSON's \u escapes name them. */
function unitsEnd(literal: string, text: string, at: number): number | undefined {
  let end = at;
  for (let index = 0; index < literal.length; index++) {
    if (text[end] !== '\\') return undefined;
    const match = matchAt(unit, text, afterBackslashes(text, end));
    if (Number.parseInt(match?.[1] ?? '', 16) !== literal.charCodeAt(index)) return undefined;
    end = unit.lastIndex;
  }
  return end;
}

/** Once or several times over: the percent sign itself may be encoded again. */
function percentEnd({ bytes }: Spelling, text: string, at: number): number | undefined {
  let end = at;
  for (const byte of bytes) {
    const match = matchAt(percent, text, end);
    if (Number.parseInt(match?.[1] ?? '', 16) !== byte) return undefined;
    end = percent.lastIndex;
  }
  return end;
}

function entityEnd({ literal, code }: Spelling, text: string, at: number): number | undefined {
  const entity = entities[literal];
  if (entity !== undefined && text.startsWith(entity, at)) return at + entity.length;
  const match = matchAt(numbered, text, at);
  if (match === null) return undefined;
  const [, hexadecimal, decimal] = match;
  const named = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return named === code ? numbered.lastIndex : undefined;
}

function present(end: number | undefined): number[] {
  return end === undefined ? [] : [end];
}
