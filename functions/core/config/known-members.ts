import { configJsonSchema } from './json-schema.ts';
import type { ProblemPath } from './locate.ts';
import { memberAt } from './loose-value.ts';

/** Names of all members that a map at this place may have, of every kind of map that is allowed there. */
export function knownMembers(path: ProblemPath): readonly string[] {
  const root = configJsonSchema();
  const place = path.reduce<readonly unknown[]>(
    (schemas, key) => schemas.flatMap((schema) => branchesOf(schemaAt(schema, key), root)),
    branchesOf(root, root),
  );
  return [...new Set(place.flatMap((schema) => Object.keys(properties(schema))))];
}

/** A schema, or those that it is a choice of; references are local (`#/$defs/NAME`). */
function branchesOf(schema: unknown, root: unknown): readonly unknown[] {
  const reference = memberAt(schema, '$ref');
  if (typeof reference === 'string') {
    const [, ...steps] = reference.split('/');
    return branchesOf(steps.reduce(memberAt, root), root);
  }
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((kind) => memberAt(schema, kind) ?? []);
  return choices.length === 0 ? [schema] : choices.flatMap((one) => branchesOf(one, root));
}

function schemaAt(schema: unknown, key: string | number): unknown {
  if (typeof key === 'number') return memberAt(schema, 'items');
  return memberAt(properties(schema), key) ?? memberAt(schema, 'additionalProperties');
}

function properties(schema: unknown): object {
  const found = memberAt(schema, 'properties');
  return typeof found === 'object' && found !== null ? found : {};
}
