import { logSignEvidence } from '../statistics/sign-process.ts';

/** Pairs of one bet. Groups of 8 bet on halves of slow stretches, groups of 24 are slower and no more robust. */
export const groupPairs = 16;

/**
 * Bets once for each group of consecutive pairs that the accused side has more of those in which it alone is bad.
 * Latencies need that: slow answers come in stretches on one side, with quick ones between, and a stretch must
 * not count for more than the groups it touches. If no pair, given all before, is likelier against the accused than
 * against the other side, no group is; and whatever depends on each other within a group may.
 */
export class GroupRace {
  #accused = 0;
  #other = 0;
  #ahead = 0;
  #pairs = 0;
  #log = 0;

  /** Groups won and lost by the accusation; ties count for nobody. */
  get bets(): { readonly accused: number; readonly other: number } {
    return { accused: this.#accused, other: this.#other };
  }

  /** Log of the evidence against the accused, as of the last full group. */
  get logEvidence(): number {
    return this.#log;
  }

  observe(accusedBad: boolean, otherBad: boolean): void {
    this.#ahead += Number(accusedBad) - Number(otherBad);
    this.#pairs += 1;
    if (this.#pairs < groupPairs) return;
    if (this.#ahead > 0) this.#accused += 1;
    if (this.#ahead < 0) this.#other += 1;
    this.#log = logSignEvidence(this.#accused, this.#other);
    this.#ahead = 0;
    this.#pairs = 0;
  }
}
