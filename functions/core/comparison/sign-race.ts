import { logSignEvidence } from '../statistics/sign-process.ts';

/** When the race bets again after a bet. */
export interface Rest {
  /** Good answers in a row, of the side that lost the last bet, that end the rest. */
  readonly recovery: number;
  /** Pairs after which it ends anyway, so that a side that never recovers goes on losing. */
  readonly atMost: number;
}

/**
 * Bets on pairs of which only one side is bad that it is the accused one's. Pairs where both sides are bad or
 * good say nothing, so what strikes both alike cannot tip it. After each bet it rests until the side that was bad
 * has recovered: a burst of errors is one event, not twenty. Resting depends on the past only, and a bet that
 * is not made cannot break the guarantee of `logSignEvidence`.
 */
export class SignRace {
  readonly #rest: Rest;
  #accused = 0;
  #other = 0;
  #resting: 'accused' | 'other' | undefined;
  #left = 0;
  #good = 0;
  #log = 0;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** Bets won and lost: pairs in which only the accused, or only the other side was bad. */
  get bets(): { readonly accused: number; readonly other: number } {
    return { accused: this.#accused, other: this.#other };
  }

  /** Log of the evidence against the accused. */
  get logEvidence(): number {
    return this.#log;
  }

  observe(accusedBad: boolean, otherBad: boolean): void {
    if (this.#resting !== undefined) {
      this.#wait(this.#resting === 'accused' ? accusedBad : otherBad);
      return;
    }
    if (accusedBad === otherBad) return;
    if (accusedBad) this.#accused += 1;
    else this.#other += 1;
    this.#log = logSignEvidence(this.#accused, this.#other);
    if (this.#rest.atMost === 0) return;
    this.#resting = accusedBad ? 'accused' : 'other';
    this.#left = this.#rest.atMost;
    this.#good = 0;
  }

  #wait(bad: boolean): void {
    this.#left -= 1;
    this.#good = bad ? 0 : this.#good + 1;
    if (this.#left === 0 || this.#good >= this.#rest.recovery) this.#resting = undefined;
  }
}
