import type { World } from '../../core/world.ts';
import type { Retrier } from '../definition/workflow.ts';
import { matchesError } from './error-matching.ts';

const defaults = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 };

/** Delay before retry number `attempt` (0 = the first), in milliseconds, before jitter (aws-facts 5.4). */
export function backoffMs(retrier: Retrier, attempt: number): number {
  const intervalSeconds = retrier.IntervalSeconds ?? defaults.intervalSeconds;
  const grownSeconds = intervalSeconds * (retrier.BackoffRate ?? defaults.backoffRate) ** attempt;
  return Math.min(grownSeconds, retrier.MaxDelaySeconds ?? Number.MAX_SAFE_INTEGER / 1_000) * 1_000;
}

export function mostAttempts(retrier: Retrier): number {
  return retrier.MaxAttempts ?? defaults.maxAttempts;
}

type RetryWorld = Pick<World, 'random' | 'settings'>;

/** One visit's retry budget: every Retrier counts for itself (aws-facts 5.4). */
export class RetryBudget {
  readonly #retriers: readonly Retrier[];
  readonly #world: RetryWorld;
  readonly #used = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[], world: RetryWorld) {
    this.#retriers = retriers;
    this.#world = world;
  }

  /** Milliseconds until the next attempt; undefined when the first matching Retrier is used up. */
  spend(error: string | undefined): number | undefined {
    const { random, settings } = this.#world;
    const retrier = this.#retriers.find(({ ErrorEquals }) =>
      matchesError(ErrorEquals, error, settings),
    );
    if (!retrier) return undefined;
    const used = this.#used.get(retrier) ?? 0;
    if (used >= mostAttempts(retrier)) return undefined;
    this.#used.set(retrier, used + 1);
    const delayMs = backoffMs(retrier, used);
    return retrier.JitterStrategy === 'FULL' ? delayMs * random.next() : delayMs;
  }
}
