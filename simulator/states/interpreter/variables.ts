/**
 * Workflow variables. A Parallel branch or Map iteration reads those of the states around it but sets
 * only its own, which are gone when it ends.
 */
export class Variables {
  readonly #outer: Variables | undefined;
  readonly #own = new Map<string, unknown>();

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  assign(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) this.#own.set(name, value);
  }

  /** Everything visible here, by name without the dollar sign. */
  visible(): Record<string, unknown> {
    return { ...this.#outer?.visible(), ...Object.fromEntries(this.#own) };
  }
}
