/** A text without its outermost encoding, and where each of its UTF-16 units came from. */
export interface DecodedView {
  readonly text: string;
  /** Index in the encoded text; also of the end. */
  sourceOf(at: number): number;
}

const encoded =
  /(?:%[0-9a-fA-F]{2})+|\\u([0-9a-fA-F]{4})|&#(?:[xX]([0-9a-fA-F]{1,6})|(\d{1,7}));|&(amp|lt|gt|quot|apos);/g;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Undoes one layer of percent-encoding, Unicode escapes and HTML entities, so that what was encoded twice over in
 * different ways (JSON within a URL) can be read. Undefined when there is none.
 */
export function decodeLayer(text: string): DecodedView | undefined {
  const parts: string[] = [];
  /** Of each unit; what stands for itself is counted on from the last entry. */
  const sources: number[] = [];
  let kept = 0;
  const keep = (end: number) => {
    parts.push(text.slice(kept, end));
    for (let at = kept; at < end; at++) sources.push(at);
  };
  for (const match of text.matchAll(encoded)) {
    keep(match.index);
    for (const [unit, offset] of unitsOf(match)) {
      parts.push(unit);
      sources.push(match.index + offset);
    }
    kept = match.index + match[0].length;
  }
  if (kept === 0) return undefined;
  keep(text.length);
  sources.push(text.length);
  return { text: parts.join(''), sourceOf: (at) => sources[at] ?? text.length };
}

/** UTF-16 units that a match stands for, each with its offset in the match. */
function unitsOf([whole, escaped, hexadecimal, decimal, name]: RegExpMatchArray): [
  string,
  number,
][] {
  if (whole.startsWith('%')) return percentUnits(whole);
  const text =
    name === undefined
      ? character(
          escaped ?? hexadecimal,
          decimal === undefined ? undefined : Number.parseInt(decimal, 10),
        )
      : (entities[name] ?? whole);
  return text.split('').map((unit) => [unit, 0]);
}

function character(hexadecimal: string | undefined, code = Number.parseInt(hexadecimal ?? '', 16)) {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** As UTF-8; bytes that are none count as a character each. */
function percentUnits(run: string): [string, number][] {
  const bytes = Uint8Array.from(run.slice(1).split('%'), (digits) => Number.parseInt(digits, 16));
  const text = new TextDecoder().decode(bytes);
  if (text.includes('\ufffd')) {
    return Array.from(bytes, (byte, index) => [String.fromCharCode(byte), 3 * index]);
  }
  const units: [string, number][] = [];
  let offset = 0;
  for (const one of text) {
    for (const unit of one.split('')) units.push([unit, offset]);
    offset += 3 * new TextEncoder().encode(one).length;
  }
  return units;
}
