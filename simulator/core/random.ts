/** Seeded randomness (mulberry32), so that a rehearsal can be repeated. */
export class Random {
  #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
  }

  get seed(): number {
    return this.#seed;
  }

  /** Begins again with another seed. */
  reseed(seed: number): void {
    this.#seed = seed >>> 0;
    this.#state = this.#seed;
  }

  /** Another sequence of the same seed, which draws nothing from this one. */
  derive(purpose: string): Random {
    let hash = this.#seed ^ 0x811c9dc5;
    for (const character of purpose) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
    return new Random(hash);
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('');
  }
}
