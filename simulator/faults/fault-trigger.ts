import type { Random } from '../core/random.ts';

export interface TriggerRequest {
  /** Passes over so many matches first; default 0. */
  readonly after?: number | undefined;
  /** How often it fires; default once, with a probability without end. */
  readonly count?: number | undefined;
  /** Of each match, from 0 to 1; default 1. */
  readonly probability?: number | undefined;
}

/** Decides which of the calls or events that a fault fits it befalls. */
export class FaultTrigger {
  readonly #after: number;
  readonly #count: number;
  readonly #probability: number;
  matched = 0;
  fired = 0;

  constructor({ after = 0, count, probability }: TriggerRequest) {
    this.#after = after;
    this.#probability = probability ?? 1;
    this.#count = count ?? (probability === undefined ? 1 : Number.POSITIVE_INFINITY);
  }

  /** Counts a match; true when the fault befalls it. */
  pull(random: Random): boolean {
    this.matched++;
    if (this.matched <= this.#after || this.fired >= this.#count) return false;
    if (this.#probability < 1 && random.next() >= this.#probability) return false;
    this.fired++;
    return true;
  }
}
