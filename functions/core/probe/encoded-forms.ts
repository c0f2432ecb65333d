/** A base64 run of fewer characters would be found in much that is no secret. */
const shortestBase64 = 6;

/**
 * Sources of regular expressions (flag `u`) for the spellings of a text. The first matches each character as
 * itself, as JSON or JavaScript escape it, percent-encoded, or as HTML entity, mixed at will; the others match its
 * base64 at the three offsets that a prefix of unknown length may give it (RFC 4648 section 4), both alphabets.
 */
export function encodedForms(text: string): [string, ...string[]] {
  const spelled = [...text].map(spellings).join('');
  return [spelled, ...[0, 1, 2].flatMap((offset) => base64At(text, offset))];
}

/** Bounded, so that a text of backslashes costs no more than any other. */
const backslashes = '\\\\{1,8}';

const jsonEscapes: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};
const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const escaped = jsonEscapes[character];
  const entity = entities[character];
  const forms = [
    `${backslashes}u\\{0{0,6}${anyCase(code.toString(16))}\\}`,
    units(character)
      .map((unit) => `${backslashes}u${anyCase(unit)}`)
      .join(''),
    percentEncoded(character),
    `&#0{0,6}${code};`,
    `&#[xX]0{0,6}${anyCase(code.toString(16))};`,
    ...(escaped === undefined ? [] : [`${backslashes}${escaped}`]),
    ...(entity === undefined ? [] : [`&${entity};`]),
    ...(character === ' ' ? ['\\+'] : []),
    // JSON within JSON escapes twice; a backslash itself is escaped by more of them.
    character === '\\' ? backslashes : `\\\\{0,8}${literal(character)}`,
  ];
  return `(?:${forms.join('|')})`;
}

/** UTF-16 units, as JSON's \u escapes name them. */
function units(character: string): string[] {
  return Array.from({ length: character.length }, (_, at) =>
    character.charCodeAt(at).toString(16).padStart(4, '0'),
  );
}

/** Once or several times over: the percent sign itself may be encoded again. */
function percentEncoded(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `%(?:25){0,4}${anyCase(byte.toString(16).padStart(2, '0'))}`).join('');
}

function base64At(text: string, offset: number): string[] {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  const encoded = btoa(String.fromCharCode(...padded));
  // Only characters whose six bits all belong to the text are the same whatever stands around it.
  const own = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
  if (own.length < shortestBase64) return [];
  return [
    [...own]
      .map((character) => {
        if (character === '+') return '[+-]|%2[bB]';
        if (character === '/') return '[/_]|%2[fF]|\\\\/';
        return literal(character);
      })
      .map((form) => (form.includes('|') ? `(?:${form})` : form))
      .join(''),
  ];
}

/** Hexadecimal digits in either case. */
function anyCase(digits: string): string {
  return digits.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
