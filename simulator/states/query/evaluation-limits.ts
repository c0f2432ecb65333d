import type jsonata from 'jsonata';

/**
 * The bounds of one JSONata evaluation, so that no definition can hold up the simulator ("Handling expression
 * errors" of the developer guide: memory, one second, recursion). Figures as floci measured them with TestState
 * (floci-io/floci issue 2737, pull request 2783).
 */
const greatestDepth = 100;
const mostItems = 873_782;
/** Of a text, a character counting as a byte. */
const mostBytes = 6_990_256;
/** Stand for AWS's second, which would depend on how busy this machine is. */
const mostSteps = 500_000;
/** Open at once where array items and object members are evaluated side by side, which hides the depth. */
const mostOpen = 10_000;

/** Under which a budget is bound: no JSONata variable has a space in its name. */
const budgetName = 'evaluation budget';

const outOfMemory = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';

/** An expression took more than AWS gives it. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

/** Refuses more items than one value may have. */
export function limitItems(count: number, most = mostItems): void {
  if (count > most) throw new LimitExceeded(outOfMemory);
}

/** What one evaluation has used up. */
class Budget {
  #steps = 0;
  #open = 0;
  readonly #deepest: number;

  constructor(deepest: number) {
    this.#deepest = deepest;
  }

  enter(): void {
    if (++this.#steps > mostSteps) {
      throw new LimitExceeded('Expression evaluation timeout: Check for infinite loop');
    }
    if (++this.#open > this.#deepest) {
      throw new LimitExceeded(
        `Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. Depth=${this.#open} max=${this.#deepest}`,
      );
    }
  }

  leave(value: unknown): void {
    this.#open--;
    if (typeof value === 'string' && value.length > mostBytes) throw new LimitExceeded(outOfMemory);
    if (Array.isArray(value)) limitItems(value.length);
  }
}

/** Has `expression` watch the budget among its bindings, which `budgetOf` gives. */
export function watchLimits(expression: jsonata.Expression): () => Record<string, Budget> {
  const budgetOf = (environment: jsonata.Environment): Budget => environment.lookup(budgetName);
  const entry = (_: unknown, __: unknown, environment: jsonata.Environment) =>
    budgetOf(environment).enter();
  const exit = (_: unknown, __: unknown, environment: jsonata.Environment, value: unknown) =>
    budgetOf(environment).leave(value);
  // The library's own hooks; assign() types its names as strings and binds symbols as well.
  const assign = (name: symbol, hook: unknown) => expression.assign(name as never, hook);
  assign(Symbol.for('jsonata.__evaluate_entry'), entry);
  assign(Symbol.for('jsonata.__evaluate_exit'), exit);
  const deepest = branches(expression.ast()) ? mostOpen : greatestDepth;
  return () => ({ [budgetName]: new Budget(deepest) });
}

/** Whether a part of the tree evaluates several expressions side by side. */
function branches(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(branches);
  const { type, value, expressions, lhs, group } = node as {
    type?: unknown;
    value?: unknown;
    expressions?: unknown[];
    lhs?: unknown;
    group?: unknown;
  };
  if (type === 'unary' && value === '[' && (expressions?.length ?? 0) > 1) return true;
  if ((type === 'unary' && value === '{' && Array.isArray(lhs) && lhs.length > 1) || group) {
    return true;
  }
  return Object.values(node).some(branches);
}
