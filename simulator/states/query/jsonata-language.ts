import jsonata from 'jsonata';
import type { World } from '../../core/world.ts';
import { LimitExceeded, watchLimits } from './evaluation-limits.ts';
import { jsonataExpression } from './jsonata-expression.ts';
import { bindStatesFunctions } from './jsonata-functions.ts';
import { QueryError, type QueryLanguage, type StatesData } from './query-language.ts';

type Bindings = Readonly<Record<string, unknown>>;
type Evaluate = (bindings: Bindings) => Promise<unknown>;

/** JSONata 2.0.6, the version AWS documents: later ones accept syntax that AWS refuses (ecosystem.md 2). */
export class JsonataLanguage implements QueryLanguage {
  readonly name = 'JSONata';
  readonly #world: World;
  readonly #compiled = new Map<string, Evaluate>();

  constructor(world: World) {
    this.#world = world;
  }

  evaluate(
    template: unknown,
    field: string,
    data: StatesData,
    variables: Bindings,
  ): Promise<unknown> {
    return this.#evaluate(template, field, { ...variables, states: data });
  }

  async #evaluate(template: unknown, location: string, bindings: Bindings): Promise<unknown> {
    if (typeof template === 'string') {
      const expression = jsonataExpression(template);
      return expression === undefined ? template : this.#compute(expression, location, bindings);
    }
    if (Array.isArray(template)) {
      const values: unknown[] = [];
      for (const [index, item] of template.entries()) {
        values.push(await this.#evaluate(item, `${location}[${index}]`, bindings));
      }
      return values;
    }
    if (typeof template !== 'object' || template === null) return template;
    const values: [string, unknown][] = [];
    for (const [key, value] of Object.entries(template)) {
      values.push([key, await this.#evaluate(value, `${location}/${key}`, bindings)]);
    }
    return Object.fromEntries(values);
  }

  async #compute(expression: string, location: string, bindings: Bindings): Promise<unknown> {
    const subject = `The JSONata expression '${expression}' specified for the field '${location}'`;
    let value: unknown;
    try {
      value = await this.#compile(expression)(bindings);
    } catch (error) {
      // A colon before a limit, a full stop before the rest (floci-io/floci pull request 2783, measured).
      const mark = error instanceof LimitExceeded ? ':' : '.';
      throw new QueryError(
        `${subject} threw an error during evaluation${mark} ${reason(error)}`,
        location,
      );
    }
    if (value === undefined)
      throw new QueryError(`${subject} returned nothing (undefined).`, location);
    const text = isFunction(value) ? undefined : JSON.stringify(value, finite);
    if (text === undefined) {
      throw new QueryError(`${subject} returned an unsupported result type.`, location);
    }
    // JSONata's results are sequences with hidden members and may share structure with their input.
    return JSON.parse(text);
  }

  #compile(text: string): Evaluate {
    const known = this.#compiled.get(text);
    if (known) return known;
    const expression = jsonata(text);
    bindStatesFunctions(expression, this.#world);
    const budget = watchLimits(expression);
    const compiled: Evaluate = (bindings) =>
      expression.evaluate(undefined, { ...bindings, ...budget() });
    this.#compiled.set(text, compiled);
    return compiled;
  }
}

/** AWS writes what JSON has no number for as the text of its name (floci-io/floci issue 2737, measured). */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Native functions, and JSONata's lambdas and built-ins, which are marked objects. */
function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value;
}

/** jsonata throws plain objects as well as errors. */
function reason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message);
}
