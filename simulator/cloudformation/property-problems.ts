import type { z } from 'zod';
import { holdsUnresolved, Unresolved } from './unresolved.ts';

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/**
 * What a strict schema has against properties, one `path: reason` each. Complaints that are only about
 * values not yet known (Unresolved) are left out: they are checked again with real values at creation.
 */
export function propertyProblems(
  schema: z.ZodType<unknown, unknown>,
  properties: unknown,
): string[] {
  const parsed = parse(schema, properties);
  if (parsed === undefined) return [];
  return parsed.flatMap((issue) => describe(issue, properties, []));
}

function parse(schema: z.ZodType<unknown, unknown>, properties: unknown): Issue[] | undefined {
  try {
    const parsed = schema.safeParse(properties);
    return parsed.success ? undefined : (parsed.error.issues as Issue[]);
  } catch (error) {
    // A transformation met an unresolved value; it runs again, and then counts, at creation.
    if (holdsUnresolved(properties)) return undefined;
    throw error;
  }
}

function describe(issue: Issue, properties: unknown, prefix: readonly PropertyKey[]): string[] {
  const path = [...prefix, ...issue.path];
  const { code, keys, errors } = issue;
  if (valueAt(properties, path) === unknownValue) return [];
  if (code === 'unrecognized_keys' && keys) {
    return keys.map((key) => `${spell([...path, key])}: property is not modelled`);
  }
  if (code === 'invalid_union' && errors && errors.length > 0) {
    const branches = errors.map((branch) =>
      branch.flatMap((nested) => describe(nested, properties, path)),
    );
    // An alternative that only lacks unknown values may still turn out to be the right one.
    if (branches.some((branch) => branch.length === 0)) return [];
    const closest = branches.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    return depth(closest) > path.length ? closest : [`${spell(path)}: ${issue.message}`];
  }
  return [`${spell(path)}: ${issue.message}`];
}

const unknownValue = Symbol('unknown value');

function valueAt(properties: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = properties;
  for (const key of path) {
    if (value instanceof Unresolved) return unknownValue;
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value instanceof Unresolved ? unknownValue : value;
}

function depth(problems: readonly string[]): number {
  return Math.max(0, ...problems.map((problem) => problem.split(':')[0]?.split('.').length ?? 0));
}

function spell(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'Properties' : path.map(String).join('.');
}
