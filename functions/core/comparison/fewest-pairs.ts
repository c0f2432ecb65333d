import { fewestAlike } from '../statistics/margin-process.ts';
import { fewestSigns } from '../statistics/sign-process.ts';
import type { ComparisonSettings } from './comparison-settings.ts';
import { comparisonStreams } from './comparison-streams.ts';
import { errorRest } from './error-stream.ts';
import { groupPairs } from './group-race.ts';
import { alikeLevel } from './latency-stream.ts';
import { calibrationPairs } from './recent-thresholds.ts';

export interface FewestPairs {
  /** Warm-up included, when every answer of the replacement is an error and none of the original's. */
  readonly toFail: number;
  /** Warm-up included, when no answer is an error and no answer of the replacement a slow one. */
  readonly toPass: number;
}

/**
 * The fewest pairs after which settings allow a verdict, in the two clearest cases there are. With fewer the
 * comparison could only ever be inconclusive.
 */
export function fewestPairs(settings: ComparisonSettings): FewestPairs {
  return {
    toFail: settings.warmUpPairs + pairsToFail(settings),
    toPass: settings.warmUpPairs + settings.paths.length * pairsToPass(settings),
  };
}

/** The races over all paths see every pair, so the most permissive of the streams of errors decides. */
function pairsToFail(settings: ComparisonSettings): number {
  const [first] = comparisonStreams(settings);
  const bets = fewestSigns(Math.exp(-(first?.failsAt ?? 0)));
  return (bets - 1) * (1 + errorRest.atMost) + 1;
}

/** Each path has to show by itself that it is not worse. */
function pairsToPass({ errorShare, latency, falsePass }: ComparisonSettings): number {
  const forErrors = fewestAlike(errorShare.detect, falsePass);
  if (latency === undefined) return forErrors;
  // Of both sides' latencies together a known share lies above the threshold; here all of it is the original's.
  const slowShare = Math.min(1, 2 * (1 - alikeLevel(latency.quantile)));
  const pairsPerBet = Math.max(groupPairs, Math.ceil(1 / slowShare - 1e-9));
  const forLatency = calibrationPairs + fewestSigns(falsePass) * pairsPerBet;
  return Math.max(forErrors, forLatency);
}
