import type { Tag, TaskDefinitionDocument } from '../ports/task-definitions.ts';
import { carriedTags } from './carried-tags.ts';
import { registrable } from './registrable.ts';

interface TaggedDocument {
  readonly document: TaskDefinitionDocument;
  readonly tags: readonly Tag[];
}

/** Whether registering `a` would only repeat `b`: the same registrable members and carried tags. */
export function sameContent(a: TaggedDocument, b: TaggedDocument): boolean {
  return canonicalText(a) === canonicalText(b);
}

function canonicalText({ document, tags }: TaggedDocument): string {
  return JSON.stringify(canonical({ ...registrable(document), tags: carriedTags(tags) }));
}

/**
 * Members in alphabetical order, empty ones left out, lists of named things by name: ECS fills in empty
 * lists and does not promise to keep the order of environment variables, secrets and tags.
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return byName(value).map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isEmpty(member))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  );
}

/** Other lists mean something by their order, commands above all. */
function byName(list: readonly unknown[]): readonly unknown[] {
  const names = list.map(nameOf);
  if (names.some((name) => name === undefined) || new Set(names).size < list.length) return list;
  return list.toSorted((a, b) => ((nameOf(a) ?? '') < (nameOf(b) ?? '') ? -1 : 1));
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const name: unknown = 'name' in item ? item.name : 'key' in item ? item.key : undefined;
  return typeof name === 'string' ? name : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
