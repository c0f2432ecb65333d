import { holds } from './filter.ts';
import { isIndefinite, type Path, type Selector, type Step } from './path.ts';

/**
 * What a path names in `data`: one value, or a list when a step can yield several. Undefined when a step
 * that names a single node finds none, as Jayway's library raises PathNotFound for it.
 */
export function findPath({ steps }: Path, data: unknown): { readonly value: unknown } | undefined {
  return follow(steps, data, data);
}

function follow(
  steps: readonly Step[],
  start: unknown,
  root: unknown,
): { readonly value: unknown } | undefined {
  let nodes: unknown[] = [start];
  let several = false;
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    const indefinite = isIndefinite(step, last);
    nodes = nodes.flatMap((node) => select(step, node, root, last));
    if (!several && !indefinite && nodes.length === 0) return undefined;
    several ||= indefinite;
  }
  return { value: several ? nodes : nodes[0] };
}

function select(
  { selector, descend }: Step,
  node: unknown,
  root: unknown,
  last: boolean,
): unknown[] {
  if (!descend) return pick(selector, node, root, last);
  return everythingBelow(node).flatMap((inner) => pick(selector, inner, root, last));
}

function pick(selector: Selector, node: unknown, root: unknown, last: boolean): unknown[] {
  switch (selector.kind) {
    case 'names':
      return byNames(selector.names, node, last);
    case 'indexes':
      if (!Array.isArray(node)) return [];
      return selector.indexes
        .map((index) => (index < 0 ? index + node.length : index))
        .filter((index) => index >= 0 && index < node.length)
        .map((index) => node[index]);
    case 'slice':
      return Array.isArray(node) ? node.slice(selector.from, selector.to) : [];
    case 'wildcard':
      return children(node);
    case 'length':
      return Array.isArray(node) || typeof node === 'string' ? [node.length] : [];
    case 'filter': {
      // Of an object the filter takes or leaves the object itself.
      const candidates = Array.isArray(node) ? node : isRecord(node) ? [node] : [];
      return candidates.filter((candidate) =>
        holds(selector.condition, (path) =>
          follow(path.steps, path.root === '@' ? candidate : root, root),
        ),
      );
    }
  }
}

/** Several names at a path's end make one object of them, elsewhere several nodes. */
function byNames(names: readonly string[], node: unknown, last: boolean): unknown[] {
  if (!isRecord(node)) return [];
  const present = names.filter((name) => Object.hasOwn(node, name));
  if (names.length === 1 || !last) return present.map((name) => node[name]);
  return [Object.fromEntries(present.map((name) => [name, node[name]]))];
}

function everythingBelow(node: unknown): unknown[] {
  return [node, ...children(node).flatMap(everythingBelow)];
}

function children(node: unknown): unknown[] {
  if (Array.isArray(node)) return node;
  return isRecord(node) ? Object.values(node) : [];
}

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
