import type { World } from '../../../core/world.ts';
import { type Expression, parseExpression } from './expression.ts';
import { findPath } from './find.ts';
import { type Intrinsic, IntrinsicError } from './intrinsics/arguments.ts';
import { format } from './intrinsics/format.ts';
import { intrinsicFunctions } from './intrinsics/intrinsics.ts';
import type { Path } from './path.ts';
import { unescaped } from './text-reader.ts';

/** What paths may look at. */
export interface PathData {
  /** `$` */
  readonly root: unknown;
  /** `$$` */
  readonly context: unknown;
  /** By name without the dollar sign. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A path that names nothing. */
export class MissingPath extends Error {
  override readonly name = 'MissingPath';
  readonly path: string;
  /** What the path was looked up in. */
  readonly searched: unknown;

  constructor(path: string, searched: unknown) {
    super(`The JSONPath '${path}' could not be found`);
    this.path = path;
    this.searched = searched;
  }
}

/** JSONPath and intrinsic functions; whatever is parsed once is kept. */
export class JsonPathLanguage {
  readonly #functions: ReadonlyMap<string, Intrinsic>;
  readonly #parsed = new Map<string, Expression>();

  constructor(world: World) {
    this.#functions = intrinsicFunctions(world);
  }

  /**
   * The value of a path or intrinsic function, copied. Throws MissingPath, or IntrinsicError with the
   * function named.
   */
  expression(text: string, data: PathData): unknown {
    return structuredClone(this.#evaluate(this.#parse(text), data));
  }

  /** What a path names; undefined when that is nothing. */
  find(path: string, data: PathData): { readonly value: unknown } | undefined {
    const parsed = this.#parse(path);
    if (parsed.kind === 'path') return findIn(parsed.path, data);
    return { value: this.#evaluate(parsed, data) };
  }

  /** A payload template: members whose names end in `.$` are computed, at any depth. */
  template(template: unknown, data: PathData, at: (member: string) => void = () => {}): unknown {
    if (Array.isArray(template)) return template.map((item) => this.template(item, data, at));
    if (typeof template !== 'object' || template === null) return template;
    return Object.fromEntries(
      Object.entries(template).map(([name, value]) => {
        if (!name.endsWith('.$')) return [name, this.template(value, data, at)];
        at(name);
        return [name.slice(0, -2), this.expression(String(value), data)];
      }),
    );
  }

  #parse(text: string): Expression {
    const known = this.#parsed.get(text);
    if (known) return known;
    const parsed = parseExpression(text);
    this.#parsed.set(text, parsed);
    return parsed;
  }

  #evaluate(expression: Expression, data: PathData): unknown {
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'text':
        return unescaped(expression.raw);
      case 'path': {
        const found = findIn(expression.path, data);
        if (found) return found.value;
        throw new MissingPath(expression.path.text, searchedBy(expression.path, data));
      }
      case 'call':
        return this.#call(expression, data);
    }
  }

  #call({ name, args, text }: Expression & { kind: 'call' }, data: PathData): unknown {
    const [first, ...rest] = args;
    try {
      if (name === 'Format' && first) {
        const values = rest.map((argument) => this.#evaluate(argument, data));
        if (first.kind === 'text') return format(first.raw, true, values);
        const template = this.#evaluate(first, data);
        if (typeof template === 'string') return format(template, false, values);
        throw new IntrinsicError('The template must be a string');
      }
      const run = this.#functions.get(name);
      if (!run) throw new IntrinsicError(`There is no function States.${name}`);
      return run(...args.map((argument) => this.#evaluate(argument, data)));
    } catch (error) {
      if (!(error instanceof IntrinsicError) || error.message.startsWith('The function '))
        throw error;
      throw new IntrinsicError(`The function '${text}' had the following error: ${error.message}`);
    }
  }
}

function findIn(path: Path, data: PathData): { readonly value: unknown } | undefined {
  const variable = path.root.slice(1);
  if (path.root === '$') return findPath(path, data.root);
  if (path.root === '$$') return findPath(path, data.context);
  if (!Object.hasOwn(data.variables, variable)) return undefined;
  return findPath(path, data.variables[variable]);
}

function searchedBy({ root }: Path, data: PathData): unknown {
  if (root === '$') return data.root;
  return root === '$$' ? data.context : (data.variables[root.slice(1)] ?? {});
}
