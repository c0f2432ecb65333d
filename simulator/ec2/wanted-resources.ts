import type { Ec2Kind, Ec2Model, Ec2Resource } from './model.ts';

/** Those with the given ids, which must all exist, or all of a kind. */
export function wanted(
  model: Ec2Model,
  kind: Ec2Kind,
  ids: readonly string[] | undefined,
): Ec2Resource[] {
  return ids?.length ? ids.map((id) => model.require(kind, id)) : model.all(kind);
}

/** A property as a filter compares it; undefined when it is not set. */
export function propertyText(name: string): (item: Ec2Resource) => readonly (string | undefined)[] {
  return ({ properties }) => [
    properties[name] === undefined ? undefined : String(properties[name]),
  ];
}

/** A property that is a list of texts. */
export function propertyTexts({ properties }: Ec2Resource, name: string): string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** What an earlier call with the same client token made, else a new resource (EC2 guide, "Ensuring idempotency"). */
export function createOnce(
  model: Ec2Model,
  kind: Ec2Kind,
  ClientToken: string | undefined,
  properties: Readonly<Record<string, unknown>>,
): Ec2Resource {
  const made = model.all(kind).find((each) => each.properties.ClientToken === ClientToken);
  return (ClientToken && made) || model.create(kind, { ...properties, ClientToken });
}
