/** Value of a build argument or environment variable; undefined when it is not set. */
export type VariableLookup = (name: string) => string | undefined;

/** What is wrong with a word; the caller adds the line. */
export class WordError extends Error {
  override readonly name = 'WordError';
}

/**
 * Splits an instruction's argument at white space, honouring quotes and backslashes, and replaces
 * `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+alternative}`. Single quotes keep `$` as it is; a
 * replaced value is never split again. Throws WordError.
 */
export function splitWords(text: string, lookup: VariableLookup): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (quote === "'") {
      if (char === quote) quote = '';
      else word += char;
      at++;
    } else if (char === '\\' && (quote === '' || /["$\\]/.test(text.charAt(at + 1)))) {
      word = (word ?? '') + text.charAt(at + 1);
      at += 2;
    } else if (char === '$') {
      const variable = readVariable(text, at, lookup);
      word = (word ?? '') + variable.value;
      at = variable.end;
    } else if (char === '"' || (char === "'" && quote === '')) {
      quote = quote === char ? '' : char;
      word ??= '';
      at++;
    } else if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      word = (word ?? '') + char;
      at++;
    }
  }
  if (quote) throw new WordError(`a ${quote} is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}

const plainVariable = /\$([A-Za-z_][A-Za-z0-9_]*)/y;
const bracedVariable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::([-+])([^{}]*))?\}/y;

function readVariable(
  text: string,
  at: number,
  lookup: VariableLookup,
): { value: string; end: number } {
  plainVariable.lastIndex = at;
  bracedVariable.lastIndex = at;
  const match = plainVariable.exec(text) ?? bracedVariable.exec(text);
  if (!match) {
    // A dollar that starts no name stands for itself, except that an opened brace must make sense.
    if (text.charAt(at + 1) !== '{') return { value: '$', end: at + 1 };
    throw new WordError(`cannot read the variable in "${text.slice(at, at + 30)}"`);
  }
  const [whole, name = '', operator, rest = ''] = match;
  const value = lookup(name) ?? '';
  const end = at + whole.length;
  const inner = () => splitWords(`"${rest.replaceAll('"', '')}"`, lookup).join(' ');
  if (operator === '-') return { value: value || inner(), end };
  if (operator === '+') return { value: value ? inner() : '', end };
  return { value, end };
}
