export interface Weighted<T> {
  readonly item: T;
  /** 0 to 999, relative to the others (aws-facts 4.1). */
  readonly weight: number;
}

/**
 * Smooth weighted choice: no randomness, and exact over every run of as many picks as the weights' sum
 * (divided by their common divisor), with the lighter items spread evenly. So 90:10 sends exactly one
 * request of ten, and a rehearsal's counts can be asserted. Weight 0 is never picked.
 */
export class WeightedChoice<T> {
  readonly #entries: { readonly item: T; readonly weight: number; current: number }[];
  readonly #total: number;

  constructor(weighted: readonly Weighted<T>[]) {
    this.#entries = weighted
      .filter(({ weight }) => weight > 0)
      .map(({ item, weight }) => ({ item, weight, current: 0 }));
    this.#total = this.#entries.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Undefined when every weight is 0. */
  next(): T | undefined {
    let best = this.#entries[0];
    if (!best) return undefined;
    for (const entry of this.#entries) {
      entry.current += entry.weight;
      if (entry.current > best.current) best = entry;
    }
    best.current -= this.#total;
    return best.item;
  }
}

/** One item by a number from 0 (inclusive) to 1 (exclusive), each as likely as its weight; undefined when all are 0. */
export function drawWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  draw: number,
): Item | undefined {
  let left = draw * items.reduce((sum, { weight }) => sum + weight, 0);
  return items.find(({ weight }) => {
    left -= weight;
    return weight > 0 && left < 0;
  });
}
