/** A run of more backslashes is not one character's escape. */
export const mostBackslashes = 8;

export const jsonEscapes: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};
export const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const braced = /u\{([0-9a-fA-F]{1,12})\}/y;
export const unit = /u([0-9a-fA-F]{4})/y;
export const numbered = /&#(?:[xX]([0-9a-fA-F]{1,12})|(\d{1,13}));/y;
export const percent = /%(?:25){0,4}([0-9a-fA-F]{2})/y;

/** Above all UTF-16 units: the first byte of a character that UTF-8 needs several for. */
const ofBytes = 0x10000;

/** What a text may begin with: its first UTF-16 unit, and the first byte of it that is percent-encoded. */
export function beginningsOf(text: string): ReadonlySet<number> {
  const [first = 0] = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(0) ?? 0));
  return new Set([text.charCodeAt(0), first < 0x80 ? first : ofBytes + first]);
}

/**
 * What may begin at one place of a text, as it is and with its escape undone: three of `beginningsOf` at most, so that
 * only what begins so has to be looked for there, however much else is looked for.
 */
export function beginningsAt(text: string, at: number): readonly number[] {
  const own = text.charCodeAt(at);
  return [...new Set([own, ...meantAt(text, at)])];
}

function meantAt(text: string, at: number): readonly number[] {
  switch (text[at]) {
    case '%': {
      const byte = hexadecimal(matchAt(percent, text, at)?.[1]);
      return byte === undefined ? [] : [byte < 0x80 ? byte : ofBytes + byte];
    }
    case '\\':
      return unescapedAt(text, afterBackslashes(text, at));
    case '&':
      return entityAt(text, at);
    case '+':
      return [' '.charCodeAt(0)];
    default:
      return [];
  }
}

/** Any character may stand for itself, as `\/` does, the `u` of `\u00f6` too; besides it what JSON escapes so. */
function unescapedAt(text: string, at: number): readonly number[] {
  const own = at < text.length ? [text.charCodeAt(at)] : [];
  const named = hexadecimal(matchAt(unit, text, at)?.[1]);
  if (named !== undefined) return [...own, named];
  const code = hexadecimal(matchAt(braced, text, at)?.[1]);
  if (code !== undefined) return [...own, ...firstUnit(code)];
  const escaped = Object.entries(jsonEscapes).find(([, letter]) => letter === text[at]);
  return escaped === undefined ? own : [...own, escaped[0].charCodeAt(0)];
}

function entityAt(text: string, at: number): readonly number[] {
  const match = matchAt(numbered, text, at);
  if (match !== null) return firstUnit(hexadecimal(match[1]) ?? Number(match[2]));
  const [character] = Object.entries(entities).find(([, one]) => text.startsWith(one, at)) ?? [];
  return character === undefined ? [] : [character.charCodeAt(0)];
}

function firstUnit(code: number): readonly number[] {
  return code > 0x10ffff ? [] : [String.fromCodePoint(code).charCodeAt(0)];
}

function hexadecimal(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

export function afterBackslashes(text: string, at: number, most = mostBackslashes): number {
  let after = at;
  while (text[after] === '\\' && after < at + most) after++;
  return after;
}

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
