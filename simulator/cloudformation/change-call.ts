import { list, member, type RequestMembers } from '../wire/authorization.ts';
import type { AuthorizedService } from '../wire/operation.ts';
import { sameValue } from './same-value.ts';
import { type TemplateTag, tagChanges } from './tag-changes.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** Service, operation, and of its members those that decide. */
export type ChangeCall = readonly [AuthorizedService, operation: string, members: RequestMembers];

export interface PropertyChange {
  readonly physicalId: string;
  readonly attributes: Properties;
  readonly before: Properties;
  readonly after: Properties;
  /** Names of the properties that differ. */
  readonly changed: ReadonlySet<string>;
}

export interface PresentResource {
  readonly physicalId: string;
  readonly attributes: Properties;
  readonly properties: Properties;
}

/** The calls that a resource handler makes to change a resource in place, and to delete it. */
export interface ChangeCalls {
  readonly update?: (change: PropertyChange) => ChangeCall[];
  readonly delete?: (removal: PresentResource) => ChangeCall[];
}

/** The calls, if one of the properties changed. */
export function whenChanged(
  { changed }: PropertyChange,
  names: readonly string[],
  ...calls: readonly ChangeCall[]
): ChangeCall[] {
  return names.some((name) => changed.has(name)) ? [...calls] : [];
}

/** The calls, if a property other than these changed. */
export function whenOthersChanged(
  { changed }: PropertyChange,
  names: readonly string[],
  ...calls: readonly ChangeCall[]
): ChangeCall[] {
  return [...changed].some((name) => !names.includes(name)) ? [...calls] : [];
}

/** The calls that tag and untag, as far as tags changed. */
export function tagCalls(
  { before, after }: PropertyChange,
  set: (tags: readonly TemplateTag[]) => ChangeCall,
  remove: (keys: readonly string[]) => ChangeCall,
): ChangeCall[] {
  const changes = tagChanges(tagsOf(before), tagsOf(after));
  return [
    ...(changes.removed.length > 0 ? [remove(changes.removed)] : []),
    ...(changes.set.length > 0 ? [set(changes.set)] : []),
  ];
}

/** What of `items` is not in `others` with the same value. */
export function without(items: unknown, others: unknown): unknown[] {
  const known = list(others);
  return list(items).filter((item) => !known.some((other) => sameValue(item, other)));
}

function tagsOf({ Tags }: Properties): TemplateTag[] {
  return list(Tags).map((tag) => ({
    Key: String(member(tag, 'Key')),
    Value: String(member(tag, 'Value')),
  }));
}
