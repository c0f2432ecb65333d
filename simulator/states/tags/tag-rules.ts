import type { Tag } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';

/** Tags a resource may have (API reference, TooManyTags). */
const mostTags = 50;

/** Refuses more tags than a resource may have. */
export function requireTags(tags: readonly Tag[]): void {
  if (tags.length <= mostTags) return;
  throw new AwsError('TooManyTags', `Too Many Tags: '${tags.length}', at most ${mostTags} allowed`);
}

/** Tags with others added or replaced by key. */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): Tag[] {
  const keys = new Set(added.map(({ key }) => key));
  const all = [...tags.filter(({ key }) => !keys.has(key)), ...added];
  requireTags(all);
  return all;
}

export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  return tags.filter(({ key }) => key === undefined || !keys.includes(key));
}
