/** A run of base64 characters and the text it stands for. */
export interface Base64Run {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Shorter ones hold no secret that would be told from other words. */
const run = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

/** What may be base64 in a text, in either alphabet; what it stands for may be gibberish. */
export function base64Runs(text: string): Base64Run[] {
  return Array.from(text.matchAll(run), ({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
    text: decode(whole),
  }));
}

function decode(encoded: string): string {
  const plain = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  // A character too many is not base64's; what comes before it may be.
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
  const bytes = Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
