import { type Schema, Validator } from '@cfworker/json-schema';
import { jsonSchemaDraft, namedDraft } from '../checks/json-schema-draft.ts';
import { type KeywordKind, keywordKinds } from './json-schema-keywords.ts';
import type { ProblemPath } from './locate.ts';
import { memberAt, membersOf } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { regularExpressionIssues } from './regular-expression-rules.ts';

/** Mistakes in a JSON Schema: a validator would silently ignore what it does not know. */
export function jsonSchemaIssues(path: ProblemPath, schema: unknown): ConfigIssue[] {
  if (schema === undefined) return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  if (namedDraft(schema as Readonly<Record<string, unknown>>) === undefined) {
    const message = `is ${JSON.stringify(memberAt(schema, '$schema'))}, expected draft 2020-12 or draft-07`;
    return [{ path: [...path, '$schema'], message }];
  }
  const issues = schemaIssuesAt(path, schema, schema);
  return issues.length > 0 ? issues : endlessIssues(path, schema as Schema);
}

/** A schema that leads back to itself without going down into the document never comes to an end. */
function endlessIssues(path: ProblemPath, schema: Schema): ConfigIssue[] {
  try {
    const validator = new Validator(schema, jsonSchemaDraft(schema), false);
    for (const document of [null, {}, [], '', 0]) validator.validate(document);
    return [];
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'refers to itself without end'
        : `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    return [{ path, message }];
  }
}

function schemaIssuesAt(path: ProblemPath, schema: unknown, root: unknown): ConfigIssue[] {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return [{ path, message: 'is not a JSON Schema, expected a map, true or false' }];
  }
  return membersOf(schema).flatMap(([keyword, value]) => {
    const at = [...path, keyword];
    const kind = Object.getOwnPropertyDescriptor(keywordKinds, keyword)?.value as
      | KeywordKind
      | undefined;
    if (kind === undefined) {
      return keyword.startsWith('x-')
        ? []
        : [{ path: at, message: 'is not a keyword of JSON Schema' }];
    }
    return keywordIssues(kind, at, value, root);
  });
}

const types = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

function keywordIssues(
  kind: KeywordKind,
  path: ProblemPath,
  value: unknown,
  root: unknown,
): ConfigIssue[] {
  const refuse = (expected: string) => [
    { path, message: `is ${JSON.stringify(value)}, expected ${expected}` },
  ];
  const each = (items: unknown, what: string) =>
    Array.isArray(items) && items.length > 0
      ? items.flatMap((item, index) => schemaIssuesAt([...path, index], item, root))
      : refuse(`a list of ${what}`);
  switch (kind) {
    case 'schema':
      return schemaIssuesAt(path, value, root);
    case 'schemas':
      return each(value, 'schemas');
    case 'schema-or-schemas':
      return Array.isArray(value) ? each(value, 'schemas') : schemaIssuesAt(path, value, root);
    case 'schema-map':
      return isMap(value)
        ? membersOf(value).flatMap(([name, one]) => schemaIssuesAt([...path, name], one, root))
        : refuse('a map of schemas');
    case 'pattern-map':
      return isMap(value)
        ? membersOf(value).flatMap(([name, one]) => [
            ...regularExpressionIssues([...path, name], name),
            ...schemaIssuesAt([...path, name], one, root),
          ])
        : refuse('a map of schemas');
    case 'type': {
      const named = [value].flat();
      const known = named.length > 0 && named.every((one) => types.some((type) => type === one));
      return known ? [] : refuse(`${types.join(', ')} or a list of them`);
    }
    case 'count':
      return Number.isInteger(value) && Number(value) >= 0 ? [] : refuse('a whole number');
    case 'number':
      return typeof value === 'number' ? [] : refuse('a number');
    case 'positive':
      return typeof value === 'number' && value > 0 ? [] : refuse('a number above 0');
    case 'boolean':
      return typeof value === 'boolean' ? [] : refuse('true or false');
    case 'pattern':
      return typeof value === 'string' ? regularExpressionIssues(path, value) : refuse('text');
    case 'text':
      return typeof value === 'string' ? [] : refuse('text');
    case 'names':
      return isListOfText(value) ? [] : refuse('a list of names');
    case 'names-map':
      return isMap(value) && membersOf(value).every(([, names]) => isListOfText(names))
        ? []
        : refuse('a map of lists of names');
    case 'values':
      return Array.isArray(value) && value.length > 0 ? [] : refuse('a list of values');
    case 'reference':
      return referenceIssues(path, value, root);
    case 'any':
      return [];
  }
}

/** Only references within the schema: nothing is fetched while a deployment runs. */
function referenceIssues(path: ProblemPath, value: unknown, root: unknown): ConfigIssue[] {
  const steps = typeof value === 'string' ? stepsOf(value) : undefined;
  if (steps === undefined) {
    const message = `is ${JSON.stringify(value)}, expected a pointer into this schema such as #/$defs/item`;
    return [{ path, message }];
  }
  const target = steps.reduce<unknown>(memberAt, root);
  return target === undefined
    ? [{ path, message: `is ${value}, where this schema has nothing` }]
    : [];
}

/** Steps of a pointer in a fragment (RFC 6901 section 6); undefined for anything else. */
function stepsOf(reference: string): string[] | undefined {
  if (!/^#(?:\/|$)/.test(reference)) return undefined;
  try {
    return reference
      .split('/')
      .slice(1)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfText(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
