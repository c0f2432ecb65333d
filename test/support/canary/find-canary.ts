const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Undoes one layer of JSON and JavaScript escapes, percent-encoding and HTML entities, wherever it is seen. */
function decoded(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\(["'/\\])/g, '$1')
    .replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&#x([0-9a-fA-F]{1,6});/g, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});/g, (_, code: string) => character(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Every run of base64 characters read as base64, at each of the four offsets that it may begin at. */
function unpacked(text: string): string[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [];
  return runs.flatMap((run) =>
    [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('latin1')),
  );
}

/** The canaries that a text holds, plain or in any mixture of the usual encodings, two layers deep. */
export function findCanaries(text: string, canaries: readonly string[]): string[] {
  const once = decoded(text);
  const twice = decoded(once);
  const readings = [text, once, twice, ...[text, once, twice].flatMap(unpacked)];
  return canaries.filter((canary) => readings.some((reading) => reading.includes(canary)));
}
