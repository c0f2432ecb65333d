import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';

/** Tags of a resource, as a template or a client gave them. */
export function tagsOf({ properties }: Ec2Resource): Map<string, string> {
  const tags = properties.Tags;
  if (!Array.isArray(tags)) return new Map();
  return new Map(tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}

export function tagList(resource: Ec2Resource): Tag[] {
  return [...tagsOf(resource)].map(([Key, Value]) => ({ Key, Value }));
}

/** Tags that a create call gives to what it makes; EC2 refuses those for another type. */
export function tagsFor(
  resourceType: string,
  specifications: readonly TagSpecification[] = [],
): { Tags?: Tag[] } {
  const other = specifications.find(({ ResourceType }) => ResourceType !== resourceType);
  if (other) {
    throw new AwsError(
      'InvalidParameterValue',
      `'${other.ResourceType}' is not a valid taggable resource type for this operation.`,
    );
  }
  const Tags = specifications.flatMap((specification) => specification.Tags ?? []);
  return Tags.length > 0 ? { Tags } : {};
}

/** Adds or replaces tags of one resource. */
export function addTags(model: Ec2Model, resource: Ec2Resource, added: readonly Tag[]): void {
  const tags = tagsOf(resource);
  for (const { Key = '', Value = '' } of added) tags.set(Key, Value);
  setTags(model, resource, tags);
}

/** Takes tags away; one that is named with a value only if it has that value. */
export function removeTags(model: Ec2Model, resource: Ec2Resource, removed: readonly Tag[]): void {
  const tags = tagsOf(resource);
  for (const { Key = '', Value } of removed) {
    if (Value === undefined || tags.get(Key) === Value) tags.delete(Key);
  }
  setTags(model, resource, tags);
}

function setTags(model: Ec2Model, { id }: Ec2Resource, tags: ReadonlyMap<string, string>): void {
  model.update(id, { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) });
}
