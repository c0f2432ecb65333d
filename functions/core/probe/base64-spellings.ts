import type { Finder } from './secret-spellings.ts';

/** A base64 run of fewer characters would be found in much that is no secret. */
const shortestBase64 = 6;

/** How the two characters of RFC 4648 that are no letters or digits are written, also in URLs and in JSON. */
const others: Readonly<Record<string, readonly string[]>> = {
  '+': ['+', '-', '%2B', '%2b', '\\u002b', '\\u002B'],
  '/': ['/', '_', '%2F', '%2f', '\\/'],
};

/**
 * Finds the base64 of a text at the three offsets that a prefix of unknown length may give it (RFC 4648 section 4),
 * in both alphabets.
 */
export function base64Finders(value: string): Finder[] {
  const bytes = new TextEncoder().encode(value);
  return [0, 1, 2].flatMap((offset) => {
    const own = base64At(bytes, offset);
    return own.length < shortestBase64 ? [] : [finderOf(own)];
  });
}

/** Only characters whose six bits all belong to the text are the same whatever stands around it. */
function base64At(bytes: Uint8Array, offset: number): string {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  const binary = Array.from(padded, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
}

function finderOf(encoded: string): Finder {
  const spellings = (character: string) => others[character] ?? [character];
  return {
    // `%2B` and `\\u002b` are no more than another way to write the first of them.
    firsts: new Set(spellings(encoded.charAt(0)).map((one) => one.charCodeAt(0))),
    endAt(text, at) {
      let end = at;
      for (const character of encoded) {
        const spelled = spellings(character).find((one) => text.startsWith(one, end));
        if (spelled === undefined) return undefined;
        end += spelled.length;
      }
      return end;
    },
  };
}
