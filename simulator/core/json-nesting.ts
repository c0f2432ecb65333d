/** Five times as deep as AWS evaluates (evaluation-limits.ts), and within the stack of every parser here. */
const mostBrackets = 500;

/**
 * Whether a JSON text nests arrays and objects deeper than so many levels. Told from the text, without a call for each
 * level: what reads the parsed document level by level would not survive what this looks for.
 */
export function jsonNestsDeeperThan(text: string, levels: number): boolean {
  return nestsDeeperThan(text, levels, { open: '[{', close: ']}', quotes: '"' });
}

/**
 * The same for the brackets of an expression, JSONata or JSONPath. A parser that calls itself for each of them runs out
 * of stack, but later in a process that has optimized it: what is refused must not depend on that.
 */
export function expressionNestsTooDeeply(text: string): boolean {
  return nestsDeeperThan(text, mostBrackets, { open: '([{', close: ')]}', quotes: `"'\`` });
}

interface Marks {
  readonly open: string;
  readonly close: string;
  readonly quotes: string;
}

function nestsDeeperThan(text: string, levels: number, { open, close, quotes }: Marks): boolean {
  // Each level takes a bracket, so that short texts need no look.
  if (text.length <= levels) return false;
  let depth = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote) quote = undefined;
    } else if (quotes.includes(character)) quote = character;
    else if (open.includes(character)) {
      if (++depth > levels) return true;
    } else if (close.includes(character)) depth--;
  }
  return false;
}

/** Whether a parser that calls itself for each level of an expression has run out of stack. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}
