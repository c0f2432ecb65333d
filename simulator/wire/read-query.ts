import type { NormalizedSchema } from '@smithy/core/schema';
import { type FormNode, numbered } from './form-tree.ts';
import { readText } from './text-values.ts';

const refusal = 'MalformedInput';

/** Reads an awsQuery form into the operation's input: the inverse of the SDK's QueryShapeSerializer. */
export function readQuery(schema: NormalizedSchema, node: FormNode, at = ''): unknown {
  if (schema.isStructSchema()) {
    const result: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const wireName = queryName(name, member);
      const child = node.children.get(wireName);
      if (child) result[name] = readQuery(member, child, at ? `${at}.${wireName}` : wireName);
    }
    return result;
  }
  if (schema.isListSchema()) return readList(schema, node, at);
  if (schema.isMapSchema()) return readMap(schema, node, at);
  return readText(schema, node.value ?? '', at, refusal);
}

/** Name of a member in a form. */
export function queryName(name: string, member: NormalizedSchema): string {
  return member.getMergedTraits().xmlName ?? name;
}

function readList(schema: NormalizedSchema, node: FormNode, at: string): unknown[] {
  const item = schema.getValueSchema();
  const itemName = item.getMergedTraits().xmlName ?? 'member';
  const base = schema.getMergedTraits().xmlFlattened ? node : node.children.get(itemName);
  return base ? numbered(base).map((child) => readQuery(item, child, at)) : [];
}

function readMap(schema: NormalizedSchema, node: FormNode, at: string): Record<string, unknown> {
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueSchema = schema.getValueSchema();
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  const base = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const result: Record<string, unknown> = {};
  for (const entry of base ? numbered(base) : []) {
    const key = entry.children.get(keyName)?.value;
    const value = entry.children.get(valueName);
    if (key === undefined || !value) continue;
    const read = readQuery(valueSchema, value, `${at}.${key}`);
    Object.defineProperty(result, key, { value: read, enumerable: true, writable: true });
  }
  return result;
}
