/**
 * Whether a JSON text nests arrays and objects deeper than so many levels. Told from the text, without a call for each
 * level: what reads the parsed document level by level would not survive what this looks for.
 */
export function jsonNestsDeeperThan(text: string, levels: number): boolean {
  // Each level takes a bracket, so that short texts need no look.
  if (text.length <= levels) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') {
      if (++depth > levels) return true;
    } else if (character === ']' || character === '}') depth--;
  }
  return false;
}

/** Whether a parser that calls itself for each level of an expression has run out of stack. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}
