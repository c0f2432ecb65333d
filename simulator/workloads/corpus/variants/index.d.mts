export interface Variant {
  readonly port?: number;
  readonly delayMs?: (visit: object) => number | undefined;
}

export const variantNames: readonly string[];

/** Throws an Error that lists the variants there are. */
export function findVariant(name: string): Variant;
