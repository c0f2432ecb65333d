import type { Path } from './path.ts';

/** The Reference Path cannot be applied: ResultPath then fails with States.ResultPathMatchFailure. */
export class ReferenceMismatch extends Error {
  override readonly name = 'ReferenceMismatch';
}

/**
 * A copy of `data` with `value` where the Reference Path points; objects on the way are created, array
 * elements must exist (states-language.net, ResultPath).
 */
export function setReference(data: unknown, path: Path, value: unknown): unknown {
  const keys = path.steps.map(({ selector }) => {
    if (selector.kind === 'names') return selector.names[0] ?? '';
    if (selector.kind === 'indexes') return selector.indexes[0] ?? 0;
    throw new ReferenceMismatch(`${path.text} is not a Reference Path`);
  });
  return place(data, keys, value);
}

function place(node: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    if (!Array.isArray(node) || key < 0 || key >= node.length) {
      throw new ReferenceMismatch(`there is no element ${key}`);
    }
    return node.with(key, place(node[key], below, value));
  }
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    throw new ReferenceMismatch(`'${key}' is asked of something that is not an object`);
  }
  const inner: unknown = Object.hasOwn(node, key) ? Reflect.get(node, key) : {};
  // A member named __proto__ must stay a member.
  return Object.fromEntries([
    ...Object.entries(node).filter(([name]) => name !== key),
    [key, place(inner, below, value)],
  ]);
}
