import type { Condition } from './filter.ts';

/** What one step of a path selects below a node. */
export type Selector =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'length' };

export interface Step {
  readonly selector: Selector;
  /** After `..`: the node and everything below it are looked at. */
  readonly descend: boolean;
}

/** A parsed JSONPath; `root` is `$` (the data), `$$` (the context object) or `$name` (a variable). */
export interface Path {
  readonly text: string;
  readonly root: string;
  readonly steps: readonly Step[];
}

/** A path that can be neither parsed nor, therefore, deployed. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

/** Whether a step can yield more than one node, so that its path answers a list. */
export function isIndefinite({ selector, descend }: Step, last: boolean): boolean {
  if (descend) return true;
  if (selector.kind === 'names') return selector.names.length > 1 && !last;
  if (selector.kind === 'indexes') return selector.indexes.length > 1;
  return selector.kind !== 'length';
}

/**
 * Whether a path names exactly one node, by names and indexes alone: what the States Language calls a
 * Reference Path and demands of ResultPath.
 */
export function isReferencePath({ steps }: Path): boolean {
  return steps.every(
    ({ selector, descend }) =>
      !descend &&
      ((selector.kind === 'names' && selector.names.length === 1) ||
        (selector.kind === 'indexes' && selector.indexes.length === 1)),
  );
}
