import { UnknownNameError } from './scope.ts';

/** Evaluates the Conditions section; conditions may name each other. */
export class Conditions {
  readonly #expressions: Readonly<Record<string, unknown>>;
  readonly #evaluate: (expression: unknown) => unknown;
  readonly #results = new Map<string, boolean>();
  readonly #open: string[] = [];

  constructor(
    expressions: Readonly<Record<string, unknown>>,
    evaluate: (expression: unknown) => unknown,
  ) {
    this.#expressions = expressions;
    this.#evaluate = evaluate;
  }

  /** Throws an Error for an unknown name, a circle, or an expression that is neither true nor false. */
  get(name: string): boolean {
    const known = this.#results.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(this.#expressions, name))
      throw new UnknownNameError(`Condition ${name} is not in the template`);
    if (this.#open.includes(name)) {
      throw new Error(`Conditions are circular: ${[...this.#open, name].join(' -> ')}`);
    }
    this.#open.push(name);
    try {
      const result = this.#evaluate(this.withNamedConditions(this.#expressions[name]));
      if (typeof result !== 'boolean') throw new Error(`Condition ${name} is not true or false`);
      this.#results.set(name, result);
      return result;
    } finally {
      this.#open.pop();
    }
  }

  /** Replaces `{ Condition: name }` by its result. */
  withNamedConditions(expression: unknown): unknown {
    if (Array.isArray(expression)) return expression.map((item) => this.withNamedConditions(item));
    if (typeof expression !== 'object' || expression === null) return expression;
    const entries = Object.entries(expression);
    const [key, value] = entries[0] ?? [];
    if (entries.length === 1 && key === 'Condition' && typeof value === 'string') {
      return this.get(value);
    }
    return Object.fromEntries(
      entries.map(([name, item]) => [name, this.withNamedConditions(item)]),
    );
  }
}
