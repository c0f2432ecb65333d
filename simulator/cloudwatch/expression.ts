import { AwsError } from '../core/aws-error.ts';
import { isStackOverflow } from '../core/json-nesting.ts';
import { fill, mathFunctions, mathOperators } from './math-functions.ts';
import {
  combine,
  type MathScope,
  type MathValue,
  mapValue,
  type Series,
  scalar,
  series,
  toSeries,
} from './math-value.ts';

/** A compiled metric math expression. */
export interface Expression {
  /** Ids that it refers to. */
  readonly ids: ReadonlySet<string>;
  /** One value per period of the scope. */
  evaluate(scope: MathScope): Series;
}

type Node = (scope: MathScope) => MathValue;

/**
 * Compiles an expression of CloudWatch's metric math. Functions that search, look beyond the metrics of the
 * call (SEARCH, ANOMALY_DETECTION_BAND and so on) or sort are not simulated and throw AwsError.
 */
export function compileExpression(source: string): Expression {
  const parser = new Parser(source);
  const root = parser.parse();
  return {
    ids: parser.ids,
    evaluate: (scope) => {
      const values = toSeries(root(scope), scope.starts.length);
      if (!values) throw parser.refuse('yields several time series; an expression must yield one');
      return values;
    },
  };
}

class Parser {
  readonly ids = new Set<string>();
  readonly #source: string;
  readonly #tokens: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens =
      source.match(/"[^"]*"|'[^']*'|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\w+|==|!=|<=|>=|&&|\|\||\S/g) ??
      [];
  }

  parse(): Node {
    const root = this.#root();
    if (this.#at < this.#tokens.length) throw this.refuse();
    return root;
  }

  #root(): Node {
    try {
      return this.#binary(0);
    } catch (error) {
      throw isStackOverflow(error) ? this.refuse('is nested too deeply') : error;
    }
  }

  #binary(level: number): Node {
    const operators = mathOperators[level];
    if (!operators) return this.#factor();
    let left = this.#binary(level + 1);
    for (;;) {
      const symbol = this.#tokens[this.#at] ?? '';
      const apply = Object.hasOwn(operators, symbol) ? operators[symbol] : undefined;
      if (!apply) return left;
      this.#at++;
      const [a, b] = [left, this.#binary(level + 1)];
      left = (scope) => combine(a(scope), b(scope), apply);
    }
  }

  #factor(): Node {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '-') {
      const operand = this.#factor();
      return (scope) => mapValue(operand(scope), (value) => -value);
    }
    if (token === '(') {
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    if (token === '[') return this.#list();
    if (/^\d/.test(token)) {
      const value = Number(token);
      return () => scalar(value);
    }
    if (this.#tokens[this.#at] === '(') return this.#call(token);
    // Ids begin with a lower-case letter.
    if (!/^[a-z]\w*$/.test(token)) throw this.refuse();
    this.ids.add(token);
    return (scope) => series(scope.series(token));
  }

  #list(): Node {
    const items = this.#arguments(']');
    return (scope) => ({
      kind: 'list',
      items: items.map((item) => toSeries(item(scope), scope.starts.length) ?? []),
    });
  }

  #call(name: string): Node {
    this.#at++;
    if (name === 'FILL') return this.#fill();
    if (name === 'METRICS') {
      const text =
        this.#tokens[this.#at] === ')' ? '' : (this.#tokens[this.#at++] ?? '').slice(1, -1);
      this.#expect(')');
      return (scope) => ({ kind: 'list', items: scope.metrics(text) });
    }
    if (name === 'PERIOD') {
      const id = this.#tokens[this.#at++] ?? '';
      this.#expect(')');
      this.ids.add(id);
      return (scope) => scalar(scope.periodOf(id));
    }
    const apply = Object.hasOwn(mathFunctions, name) ? mathFunctions[name] : undefined;
    if (!apply) throw this.refuse(`has ${name}, which is not simulated`);
    const operands = this.#arguments(')');
    return (scope) => {
      const result = apply(
        operands.map((operand) => operand(scope)),
        scope,
      );
      if (!result) throw this.refuse(`gives ${name} what it does not take`);
      return result;
    };
  }

  #fill(): Node {
    const inner = this.#binary(0);
    this.#expect(',');
    const word = this.#tokens[this.#at];
    if (word === 'REPEAT' || word === 'LINEAR') {
      this.#at++;
      this.#expect(')');
      return (scope) => fill(inner(scope), word);
    }
    const filler = this.#binary(0);
    this.#expect(')');
    return (scope) => fill(inner(scope), filler(scope));
  }

  #arguments(end: string): Node[] {
    const nodes: Node[] = [];
    if (this.#tokens[this.#at] === end) {
      this.#at++;
      return nodes;
    }
    for (;;) {
      nodes.push(this.#binary(0));
      const token = this.#tokens[this.#at++];
      if (token === end) return nodes;
      if (token !== ',') throw this.refuse();
    }
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token) throw this.refuse();
  }

  refuse(why = 'is not valid'): AwsError {
    return new AwsError('ValidationException', `Expression ${JSON.stringify(this.#source)} ${why}`);
  }
}
