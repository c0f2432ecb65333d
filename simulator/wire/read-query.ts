import type { NormalizedSchema } from '@smithy/core/schema';
import { type FormNode, numbered } from './form-tree.ts';
import { type QueryDialect, queryDialect } from './query-dialect.ts';
import { readText } from './text-values.ts';

const refusal = 'MalformedInput';

/** Reads a form into the operation's input: the inverse of the SDK's QueryShapeSerializer. */
export function readQuery(
  schema: NormalizedSchema,
  node: FormNode,
  dialect: QueryDialect = queryDialect(undefined),
  at = '',
): unknown {
  if (schema.isStructSchema()) {
    const result: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const wireName = dialect.memberName(name, member);
      const child = node.children.get(wireName);
      if (child) {
        result[name] = readQuery(member, child, dialect, at ? `${at}.${wireName}` : wireName);
      }
    }
    return result;
  }
  if (schema.isListSchema()) return readList(schema, node, dialect, at);
  if (schema.isMapSchema()) return readMap(schema, node, dialect, at);
  return readText(schema, node.value ?? '', at, refusal);
}

function readList(
  schema: NormalizedSchema,
  node: FormNode,
  dialect: QueryDialect,
  at: string,
): unknown[] {
  const item = schema.getValueSchema();
  const itemName = item.getMergedTraits().xmlName ?? 'member';
  const flat = dialect.flatLists || schema.getMergedTraits().xmlFlattened;
  const base = flat ? node : node.children.get(itemName);
  return base ? numbered(base).map((child) => readQuery(item, child, dialect, at)) : [];
}

function readMap(
  schema: NormalizedSchema,
  node: FormNode,
  dialect: QueryDialect,
  at: string,
): Record<string, unknown> {
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueSchema = schema.getValueSchema();
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  const base = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const result: Record<string, unknown> = {};
  for (const entry of base ? numbered(base) : []) {
    const key = entry.children.get(keyName)?.value;
    const value = entry.children.get(valueName);
    if (key === undefined || !value) continue;
    const read = readQuery(valueSchema, value, dialect, `${at}.${key}`);
    Object.defineProperty(result, key, { value: read, enumerable: true, writable: true });
  }
  return result;
}
