/**
 * Which path the next pair goes to: weights are shares in the long run, spread evenly (each turn every open
 * path gains its weight, and the one that is owed most is taken and pays for all). Paths that need no more
 * pairs leave theirs to the others.
 */
export class PathAllocation {
  readonly #weights: readonly number[];
  readonly #owed: number[];

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#owed = weights.map(() => 0);
  }

  /** Position of the next path among the open ones, undefined when none is. */
  next(isOpen: (path: number) => boolean): number | undefined {
    const open = this.#weights.flatMap((weight, path) => (isOpen(path) ? [{ weight, path }] : []));
    const total = open.reduce((sum, { weight }) => sum + weight, 0);
    for (const { weight, path } of open) this.#owed[path] = this.#owes(path) + weight;
    const [first, ...others] = open;
    if (first === undefined) return undefined;
    const chosen = others.reduce(
      (most, { path }) => (this.#owes(path) > this.#owes(most) ? path : most),
      first.path,
    );
    this.#owed[chosen] = this.#owes(chosen) - total;
    return chosen;
  }

  #owes(path: number): number {
    return this.#owed[path] ?? 0;
  }
}
