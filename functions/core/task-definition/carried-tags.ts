import type { Tag } from '../ports/task-definitions.ts';

/**
 * Tags that the next revision gets too. Those beginning with `aws:` are AWS's own, CloudFormation's for
 * one, and registering with them is refused (ECS API reference, Tag).
 */
export function carriedTags(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ key }) => !key.toLowerCase().startsWith('aws:'));
}
