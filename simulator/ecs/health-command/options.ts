import { UnsupportedShellError } from './parse-shell.ts';

export interface OptionTable {
  /** Option to the name of what it switches on; an empty name is accepted and changes nothing here. */
  readonly flags: Readonly<Record<string, string>>;
  /** Option that takes a value, to the name of the value. */
  readonly values: Readonly<Record<string, string>>;
}

export interface ReadOptions {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** Reads options as GNU programs do: `-fsS`, `-m 3`, `-m3`, `--max-time=3`. Throws UnsupportedShellError. */
export function readOptions(
  program: string,
  given: readonly string[],
  table: OptionTable,
): ReadOptions {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const unknown = (option: string) => new UnsupportedShellError(`${program} ${option}`);
  const take = (option: string, value: string | undefined) => {
    const name = table.values[option];
    if (name === undefined || value === undefined) throw unknown(option);
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  const queue = [...given];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const [long = word, ...rest] = word.split('=');
    if (word.startsWith('--') && rest.length > 0) take(long, rest.join('='));
    else if (word in table.flags) flags.add(table.flags[word] ?? '');
    else if (word in table.values) take(word, queue.shift());
    else if (word.startsWith('--')) throw unknown(word);
    else {
      const short = word.slice(0, 2);
      const remainder = word.slice(2);
      if (short in table.values && remainder !== '') take(short, remainder);
      else if (short in table.flags && remainder !== '') {
        flags.add(table.flags[short] ?? '');
        queue.unshift(`-${remainder}`);
      } else throw unknown(word);
    }
  }
  return { flags, values, operands };
}
