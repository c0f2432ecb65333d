import { AwsError } from '../core/aws-error.ts';

/** Value of a metric at one period; undefined when it has no data point there. */
export type Lookup = (id: string) => number | undefined;

/** A compiled metric math expression. */
export interface Expression {
  /** Ids that it refers to. */
  readonly ids: ReadonlySet<string>;
  /** Its value at one period; undefined when an operand is missing or a divisor is zero. */
  evaluate(lookup: Lookup): number | undefined;
}

type Node = (lookup: Lookup) => number | undefined;

const operators: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : a / b),
};

/**
 * Compiles arithmetic over metric ids: `+ - * /`, parentheses, numbers and `FILL(id, number)`.
 * Every other function of metric math throws AwsError: it is not simulated.
 */
export function compileExpression(source: string): Expression {
  const parser = new Parser(source);
  const root = parser.parse();
  return { ids: parser.ids, evaluate: root };
}

class Parser {
  readonly ids = new Set<string>();
  readonly #source: string;
  readonly #tokens: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = source.match(/\d+(?:\.\d+)?|\w+|\S/g) ?? [];
  }

  parse(): Node {
    const root = this.#sum();
    if (this.#at < this.#tokens.length) throw this.#refuse();
    return root;
  }

  #sum(): Node {
    return this.#chain(['+', '-'], () => this.#product());
  }

  #product(): Node {
    return this.#chain(['*', '/'], () => this.#factor());
  }

  #chain(symbols: readonly string[], operand: () => Node): Node {
    let left = operand();
    for (;;) {
      const symbol = this.#tokens[this.#at] ?? '';
      const apply = symbols.includes(symbol) ? operators[symbol] : undefined;
      if (!apply) return left;
      this.#at++;
      const [a, b] = [left, operand()];
      left = (lookup) => {
        const x = a(lookup);
        const y = b(lookup);
        return x === undefined || y === undefined ? undefined : apply(x, y);
      };
    }
  }

  #factor(): Node {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '-') {
      const operand = this.#factor();
      return (lookup) => {
        const value = operand(lookup);
        return value === undefined ? undefined : -value;
      };
    }
    if (token === '(') {
      const inner = this.#sum();
      this.#expect(')');
      return inner;
    }
    if (/^\d/.test(token)) {
      const value = Number(token);
      return () => value;
    }
    if (token === 'FILL') return this.#fill();
    // Ids begin with a lower-case letter; what else is a word is a function.
    if (!/^[a-z]\w*$/.test(token)) throw this.#refuse();
    this.ids.add(token);
    return (lookup) => lookup(token);
  }

  #fill(): Node {
    this.#expect('(');
    const inner = this.#sum();
    this.#expect(',');
    const negative = this.#tokens[this.#at] === '-';
    if (negative) this.#at++;
    const text = this.#tokens[this.#at++] ?? '';
    if (!/^\d/.test(text)) throw this.#refuse();
    const filler = Number(text) * (negative ? -1 : 1);
    this.#expect(')');
    return (lookup) => inner(lookup) ?? filler;
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token) throw this.#refuse();
  }

  #refuse(): AwsError {
    return new AwsError(
      'ValidationException',
      `Expression ${JSON.stringify(this.#source)} is not simulated or not valid: + - * /, parentheses, numbers and FILL(id, number) are`,
    );
  }
}
