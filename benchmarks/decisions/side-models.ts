import type { Random } from '../../functions/core/comparison/seeded-random.ts';

/** Whether the pair at a position is struck, drawn anew for each run. */
export type Episodes = (position: number) => boolean;

/**
 * Bursts as a two-state Markov chain: `share` of all pairs lie in one (0..1), each lasts `meanPairs` on average.
 * It starts in its long-run state.
 */
export function burstsOf(share: number, meanPairs: number, random: Random): Episodes {
  const ends = 1 / meanPairs;
  const starts = (ends * share) / (1 - share);
  let on = random() < share;
  let at = 0;
  return (position) => {
    for (; at < position; at++) on = on ? random() >= ends : random() < starts;
    return on;
  };
}
