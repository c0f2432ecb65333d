import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';

const mostTags = 50;

export function tagMap(tags: readonly Tag[] | undefined): Map<string, string> {
  return new Map((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Throws `DuplicateTagKeysException` or `TooManyTagsException`. */
export function checkTags(
  added: readonly Tag[] = [],
  present: ReadonlyMap<string, string> = new Map(),
): void {
  const keys = added.map(({ Key = '' }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw new AwsError(
      'DuplicateTagKeysException',
      `The tag key '${twice}' is given more than once`,
    );
  }
  const count = new Set([...present.keys(), ...keys]).size;
  if (count <= mostTags) return;
  throw new AwsError(
    'TooManyTagsException',
    `A resource has at most ${mostTags} tags, not ${count}`,
  );
}

export function addTags(tags: Map<string, string>, added: readonly Tag[]): void {
  checkTags(added, tags);
  for (const { Key = '', Value = '' } of added) tags.set(Key, Value);
}
