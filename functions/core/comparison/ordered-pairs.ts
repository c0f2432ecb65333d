/**
 * Hands pairs on in the order in which they were sent, whatever the order of their answers. A judge that saw quick
 * answers first could stop on them, before the slow ones of the same moment are counted.
 */
export class OrderedPairs<T> {
  readonly #waiting = new Map<number, T>();
  #next = 0;

  /** Takes the pair sent as number `index` (0-based) and returns those whose turn has come. */
  add(index: number, pair: T): T[] {
    this.#waiting.set(index, pair);
    const due: T[] = [];
    for (;;) {
      const first = this.#waiting.get(this.#next);
      if (first === undefined) return due;
      due.push(first);
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
  }
}
