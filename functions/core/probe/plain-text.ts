const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
/** Control sequences of terminals (ECMA-48) in seven and in eight bits: CSI, strings such as OSC, other escapes. */
const terminalSequence = new RegExp(
  [
    `(?:${esc}\\[|\\x9b)[ -?]{0,64}[@-~]?`,
    `(?:${esc}[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^${bell}${esc}\\x9c\n]{0,2000}(?:${bell}|${esc}\\\\|\\x9c)?`,
    `${esc}[ -~]?`,
  ].join('|'),
  'g',
);
/** Controls that move a cursor or end a line, and marks that turn the direction of text (Unicode UAX 9). */
const control = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const controlButNewline =
  /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Half a character, as a cut leaves it: what writes UTF-8 refuses it, the SDK of SNS among them. */
const half = /\p{Cs}/gu;

/**
 * One line that a terminal, a log or a mail shows as it is: what a service answers or logs must not colour, move,
 * overwrite or forge anything there. Other control characters become spaces.
 */
export function plainLine(text: string): string {
  return text.replace(terminalSequence, '').replace(control, ' ').replace(half, '\ufffd');
}

/** The same of a text of several lines, whose line breaks stay. */
export function plainLines(text: string): string {
  return text
    .replace(terminalSequence, '')
    .replaceAll('\r\n', '\n')
    .replace(controlButNewline, ' ')
    .replace(half, '\ufffd');
}
