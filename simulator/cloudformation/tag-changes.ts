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
