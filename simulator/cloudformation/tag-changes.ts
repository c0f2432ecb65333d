export interface TemplateTag {
  readonly Key: string;
  readonly Value: string;
}

/** What an update of the Tags property sets and removes. */
export function tagChanges(
  before: readonly TemplateTag[] = [],
  after: readonly TemplateTag[] = [],
): { readonly set: TemplateTag[]; readonly removed: string[] } {
  const set = after.filter(
    ({ Key, Value }) => !before.some((tag) => tag.Key === Key && tag.Value === Value),
  );
  const keys = new Set(after.map(({ Key }) => Key));
  return { set, removed: before.map(({ Key }) => Key).filter((Key) => !keys.has(Key)) };
}

/** Calls for what changed of the tags, if anything did. */
export async function changeTags(
  before: readonly TemplateTag[] | undefined,
  after: readonly TemplateTag[] | undefined,
  calls: {
    readonly set: (tags: TemplateTag[]) => Promise<unknown>;
    readonly remove: (keys: string[]) => Promise<unknown>;
  },
): Promise<void> {
  const { set, removed } = tagChanges(before, after);
  if (removed.length > 0) await calls.remove(removed);
  if (set.length > 0) await calls.set(set);
}
