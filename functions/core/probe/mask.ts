import { encodedForms } from './encoded-forms.ts';

/** Takes secret values out of a text. */
export type Mask = (text: string) => string;

/** Shorter values are masked only where they stand alone: masking each `1` would leave nothing to read. */
export const shortLength = 4;

/**
 * A mask for values by their references: `abc` of `secrets.token` becomes `${secrets.token}`, as it is and in
 * the spellings that an answer may echo it in: JSON, percent-encoded, HTML, Unicode escapes, any mixture of them,
 * and base64 as in Basic authentication, at any offset. A masked text stays as it is when masked again.
 */
export function maskOf(values: Readonly<Record<string, string>>): Mask {
  const known = Object.entries(values)
    .filter(([, value]) => value !== '')
    // A value that contains another one is masked as a whole.
    .sort(([, left], [, right]) => right.length - left.length);
  if (known.length === 0) return (text) => text;
  const references = known.map(([name]) => `\${${name}}`);
  const masked = references.map((reference) => reference.replace(/[$.{}]/g, '\\$&')).join('|');
  const forms = known.map(([, value]) => `(${formsOf(value)})`);
  const pattern = new RegExp([`(?:${masked})`, ...forms].join('|'), 'gu');
  return (text) =>
    text.replace(pattern, (whole, ...rest: unknown[]) => {
      const which = references.findIndex((_, index) => rest[index] !== undefined);
      return references[which] ?? whole;
    });
}

/** Masks every text of a value of plain data, names of members included. */
export function maskDeep<T>(value: T, mask: Mask): T {
  const masked = (part: unknown): unknown => {
    if (typeof part === 'string') return mask(part);
    if (Array.isArray(part)) return part.map(masked);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [mask(name), masked(member)]),
    );
  };
  return masked(value) as T;
}

function formsOf(value: string): string {
  const [spelled, ...base64] = encodedForms(value);
  const alone =
    value.length < shortLength ? `(?<![\\p{L}\\p{N}])${spelled}(?![\\p{L}\\p{N}])` : spelled;
  return [alone, ...base64].join('|');
}
