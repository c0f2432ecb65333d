/** Tokens of a filter pattern with a place to read from. */
export class TokenReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  /** Reads the token if it is next. */
  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at++;
    return true;
  }
}

/** `||` binds weaker than `&&`; parentheses group. `primary` reads one comparison. */
export function readExpression<T>(
  reader: TokenReader,
  primary: () => (value: T) => boolean,
  refuse: () => Error,
): (value: T) => boolean {
  const all = (): ((value: T) => boolean) => {
    const parts = [term()];
    while (reader.accept('&&')) parts.push(term());
    return (value) => parts.every((part) => part(value));
  };
  const any = (): ((value: T) => boolean) => {
    const parts = [all()];
    while (reader.accept('||')) parts.push(all());
    return (value) => parts.some((part) => part(value));
  };
  const term = (): ((value: T) => boolean) => {
    if (!reader.accept('(')) return primary();
    const inner = any();
    if (!reader.accept(')')) throw refuse();
    return inner;
  };
  return any();
}
