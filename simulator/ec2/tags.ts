import type { Tag } from '@aws-sdk/client-ec2';
import type { Ec2Resource } from './model.ts';

/** Tags of a resource, as the template declared them. */
export function tagsOf({ properties }: Ec2Resource): Map<string, string> {
  const tags = properties.Tags;
  if (!Array.isArray(tags)) return new Map();
  return new Map(tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}

export function tagList(resource: Ec2Resource): Tag[] {
  return [...tagsOf(resource)].map(([Key, Value]) => ({ Key, Value }));
}
