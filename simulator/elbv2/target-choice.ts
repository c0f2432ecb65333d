import { Random } from '../core/random.ts';
import type { RegisteredTarget } from './registered-target.ts';

/** Chooses among the targets that may get a request, by `load_balancing.algorithm.type`. */
export class TargetChoice {
  /** Of its own, so that traffic draws nothing from the seed that ids and faults come from. */
  readonly #random = new Random(1);
  #turn = 0;

  next(
    candidates: readonly RegisteredTarget[],
    algorithm: string | undefined,
    share: (target: RegisteredTarget) => number,
  ): RegisteredTarget | undefined {
    if (candidates.length === 0) return undefined;
    if (algorithm === 'least_outstanding_requests') return this.#idlest(candidates);
    if (algorithm === 'weighted_random') return candidates[this.#random.below(candidates.length)];
    const shares = candidates.map(share);
    if (shares.some((each) => each < 1)) return smooth(candidates, shares);
    return candidates[this.#turn++ % candidates.length];
  }

  /** Fewest requests in flight; equals take turns. */
  #idlest(candidates: readonly RegisteredTarget[]): RegisteredTarget | undefined {
    const least = Math.min(...candidates.map(({ outstanding }) => outstanding));
    const idle = candidates.filter(({ outstanding }) => outstanding === least);
    return idle[this.#turn++ % idle.length];
  }
}

/** Smooth weighted turns: each target saves up its share, the richest pays for all. */
function smooth(
  candidates: readonly RegisteredTarget[],
  shares: readonly number[],
): RegisteredTarget | undefined {
  let [richest] = candidates;
  candidates.forEach((target, index) => {
    target.credit += shares[index] ?? 1;
    if (richest && target.credit > richest.credit) richest = target;
  });
  if (richest) richest.credit -= shares.reduce((sum, each) => sum + each, 0);
  return richest;
}
