import type { z } from 'zod';

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
}

/**
 * The properties with a text in place of each number and boolean where their type wants one: CloudFormation converts
 * `Value: 8080` and `Value: true` (cfn-lint E3012, not strict).
 */
export function withTexts<T>(schema: z.ZodType<unknown, unknown>, properties: T): T {
  let texts: unknown = properties;
  for (const path of places(schema, properties)) {
    const value = valueAt(properties, path);
    if (isPrimitive(value)) texts = replaced(texts, path, String(value));
  }
  return texts as T;
}

function places(schema: z.ZodType<unknown, unknown>, properties: unknown) {
  try {
    const { error } = schema.safeParse(properties);
    return ((error?.issues ?? []) as Issue[]).flatMap((issue) => wantsText(issue, properties, []));
  } catch {
    // A transformation met a value that is not known yet: this is asked again at the creation.
    return [];
  }
}

function wantsText(
  issue: Issue,
  properties: unknown,
  prefix: readonly PropertyKey[],
): (readonly PropertyKey[])[] {
  const path = [...prefix, ...issue.path];
  if (issue.errors) {
    return issue.errors.flat().flatMap((nested) => wantsText(nested, properties, path));
  }
  const enumerated = issue.values?.includes(String(valueAt(properties, path))) ?? false;
  return enumerated || (issue.code === 'invalid_type' && issue.expected === 'string') ? [path] : [];
}

function valueAt(properties: unknown, path: readonly PropertyKey[]): unknown {
  let value = properties;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value;
}

const isPrimitive = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';

function replaced(value: unknown, [key, ...rest]: readonly PropertyKey[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? replaced(item, rest, text) : item));
  }
  const object = value as Record<PropertyKey, unknown>;
  return { ...object, [key]: replaced(object[key], rest, text) };
}
