/** Texts by number and back, so that a state holds a number instead of a document. */
const texts: string[] = [];
const numbers = new Map<string, number>();

export function intern(document: unknown): number {
  const text = JSON.stringify(document);
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, texts.length);
  texts.push(text);
  return texts.length - 1;
}

export function documentOf(number: number | undefined): unknown {
  const text = number === undefined ? undefined : texts[number];
  return text === undefined ? undefined : JSON.parse(text);
}
