import type { StackTag } from './model.ts';
import type { ResourceProvider } from './resource-provider.ts';

type Properties = Readonly<Record<string, unknown>>;
type Schema = { safeParse(value: unknown): { success: boolean } };

/**
 * The properties of a resource with the tags of its stack, which CloudFormation gives to every resource that
 * takes tags ("Resource tags" in the user guide). A tag of the resource itself wins.
 */
export function withStackTags(
  { properties: schema }: ResourceProvider,
  properties: Properties,
  tags: readonly StackTag[],
): Properties {
  if (tags.length === 0) return properties;
  const tagSchema = (schema as { shape?: { Tags?: Schema } }).shape?.Tags;
  const takes = (value: unknown) => tagSchema?.safeParse(value).success === true;
  // A record of what was declared takes anything.
  if (takes(1)) return properties;
  const { Tags: own } = properties;
  if (takes([{ Key: 'a', Value: 'b' }])) {
    const given = Array.isArray(own) ? (own as StackTag[]) : [];
    const named = new Set(given.map(({ Key }) => Key));
    return { ...properties, Tags: [...given, ...tags.filter(({ Key }) => !named.has(Key))] };
  }
  if (takes({ a: 'b' })) {
    const inherited = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
    return { ...properties, Tags: { ...inherited, ...(own as object | undefined) } };
  }
  return properties;
}
