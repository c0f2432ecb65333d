/** Shorter lines and members are words that stand in many texts. */
const shortestPart = 8;
/** Of a value of several words, such as `Bearer` and a token, only long ones are secrets by themselves. */
const shortestWord = 12;
/** The longest ones: a key has some dozens of lines. */
const mostPieces = 200;

/**
 * A secret and what a service may repeat of it: without the line break that came along when it was stored, its
 * lines and long words, the texts in it when it is a JSON document, and each as a service sees it that takes the
 * UTF-8 of a header for Latin-1, as Node.js does. None for an empty one.
 */
export function secretPieces(value: string): string[] {
  const long = (least: number) => (piece: string) => piece.length >= least;
  const pieces = [
    value.trim(),
    ...value
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter(long(shortestPart)),
    ...value.split(/\s+/).filter(long(shortestWord)),
    ...jsonTexts(value).filter(long(shortestPart)),
  ];
  const distinct = [...new Set([...pieces, ...[value, ...pieces].map(misread)])]
    .filter((piece) => piece !== '' && piece !== value)
    .toSorted((left, right) => right.length - left.length)
    .slice(0, mostPieces);
  return value === '' ? [] : [value, ...distinct];
}

function misread(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function jsonTexts(value: string): string[] {
  if (!/^\s*[{[]/.test(value)) return [];
  try {
    return textsIn(JSON.parse(value));
  } catch {
    return [];
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
