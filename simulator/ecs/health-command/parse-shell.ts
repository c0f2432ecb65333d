/** One program with its arguments; what it prints goes to the next one of its pipeline. */
export type SimpleCommand = readonly string[];

export interface Pipeline {
  /** How it hangs on the one before: always, after success, or after failure. */
  readonly joint: ';' | '&&' | '||';
  readonly negated: boolean;
  readonly commands: readonly SimpleCommand[];
}

/** The line uses something of a shell that the interpreter does not have; the message names it. */
export class UnsupportedShellError extends Error {
  override readonly name = 'UnsupportedShellError';
}

type Token = { readonly operator: string } | { readonly word: string };

/**
 * Reads the small part of a shell that health checks use: words with quotes and variables, `&&`, `||`, `;`, `|`,
 * `!`, and output thrown away. Throws UnsupportedShellError.
 */
export function parseShell(
  line: string,
  environment: Readonly<Record<string, string>>,
): Pipeline[] {
  const pipelines: Pipeline[] = [];
  let joint: Pipeline['joint'] = ';';
  let commands: string[][] = [[]];
  const finish = () => {
    const [first = []] = commands;
    const negated = first[0] === '!';
    if (negated) first.shift();
    if (commands.some((words) => words.length === 0)) {
      if (commands.length === 1 && !negated) return;
      throw new UnsupportedShellError(`a line without a program: ${line}`);
    }
    pipelines.push({ joint, negated, commands });
  };
  for (const token of withoutRedirections(tokens(line, environment))) {
    if ('word' in token) commands.at(-1)?.push(token.word);
    else if (token.operator === '|') commands.push([]);
    else {
      finish();
      joint = token.operator === '\n' ? ';' : (token.operator as Pipeline['joint']);
      commands = [[]];
    }
  }
  finish();
  return pipelines;
}

/** Output may be thrown away or joined; a health check that writes files is not simulated. */
function withoutRedirections(all: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < all.length; at++) {
    const token = all[at] as Token;
    if (!('operator' in token) || !/^\d?>/.test(token.operator)) {
      kept.push(token);
      continue;
    }
    if (token.operator.endsWith('&1') || token.operator.endsWith('&2')) continue;
    const target = all[++at];
    if (!target || !('word' in target) || target.word !== '/dev/null') {
      throw new UnsupportedShellError('output to anything but /dev/null');
    }
    // Output that is thrown away must not reach the next program of the pipeline either.
    if (!token.operator.startsWith('2')) kept.push({ word: '>/dev/null' });
  }
  return kept;
}

const operators = /^(?:&&|\|\||[12]?>&[12]|&>|[12]?>>?|[;|\n])/;

function tokens(line: string, environment: Readonly<Record<string, string>>): Token[] {
  const found: Token[] = [];
  const withoutSpace = (text: string) => text.replace(/^[ \t\r]+/, '');
  let rest = withoutSpace(line);
  while (rest !== '') {
    const operator = operators.exec(rest)?.[0];
    if (operator !== undefined) {
      found.push({ operator });
      rest = withoutSpace(rest.slice(operator.length));
      continue;
    }
    const word = readWord(rest, environment);
    found.push({ word: word.text });
    rest = withoutSpace(rest.slice(word.length));
  }
  return found;
}

const piece =
  /^(?:'(?<single>[^']*)'|"(?<double>(?:\\[\s\S]|[^"\\])*)"|\\(?<escaped>[\s\S])|(?<plain>[^\s'"\\;|&<>()`]+))/;

function readWord(
  from: string,
  environment: Readonly<Record<string, string>>,
): { text: string; length: number } {
  let text = '';
  let length = 0;
  while (length < from.length) {
    const match = piece.exec(from.slice(length));
    if (!match) break;
    const { single, double, escaped, plain } = match.groups ?? {};
    text +=
      single ?? escaped ?? expand(double?.replace(/\\(["\\`])/g, '$1') ?? plain ?? '', environment);
    length += match[0].length;
  }
  if (length === 0) throw new UnsupportedShellError(`"${from.charAt(0)}" in a shell line`);
  return { text, length };
}

/** `$NAME`, `${NAME}` and `${NAME:-default}`; an unknown variable is empty. */
function expand(text: string, environment: Readonly<Record<string, string>>): string {
  const expanded = text.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|([A-Za-z_]\w*))/g,
    (_, braced?: string, standard = '', bare?: string) =>
      environment[braced ?? bare ?? ''] || standard,
  );
  if (/\$\(|`|\$\{/.test(expanded)) throw new UnsupportedShellError('substitution in a shell line');
  return expanded;
}
