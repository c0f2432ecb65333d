import { TransientAwsError } from '../../functions/core/errors.ts';
import type { Clock } from '../../functions/core/ports/clock.ts';
import type { ReleaseNews } from './release-news.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/**
 * Asks again while AWS cannot be reached or throttles, telling once that the connection is lost and once that it is
 * back: the release goes on meanwhile. What AWS refuses for good leaves as it came, and so does what still fails
 * at `untilMs` (epoch milliseconds).
 */
export async function keepAsking<T>(
  ask: () => Promise<T>,
  { clock, untilMs, tell }: AskingDeps,
): Promise<T> {
  const beganMs = clock.now();
  let pauseMs = firstPauseMs;
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await ask();
      if (failures > 0) tell({ kind: 'connection-back', afterMs: clock.now() - beganMs });
      return answer;
    } catch (error) {
      if (!(error instanceof TransientAwsError) || clock.now() >= untilMs) throw error;
      if (failures === 0) tell({ kind: 'connection-lost', sentence: error.message });
      await clock.sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}

export interface AskingDeps {
  readonly clock: Clock;
  readonly untilMs: number;
  readonly tell: (news: ReleaseNews) => void;
}
