import { betaQuantile } from './beta-quantile.ts';

/** Both ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Exact interval for a share after `successes` of `trials`: covers the true one with at least `confidence`
 * (0 < c < 1) at a number of trials fixed beforehand. Throws RangeError. Source: Clopper and Pearson 1934, in the
 * beta form of NIST/SEMATECH e-Handbook 7.2.4.1; R binom.test.
 */
export function clopperPearson(successes: number, trials: number, confidence: number): Interval {
  assertCounts(successes, trials);
  assertConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/**
 * Score interval for a share, with `z` the standard normal quantile (1.96 for 95 %). Shorter than the exact one
 * and right on average. Throws RangeError. Source: Wilson 1927; R prop.test(correct = FALSE).
 */
export function wilson(successes: number, trials: number, z: number): Interval {
  assertCounts(successes, trials);
  if (!(z > 0 && z < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Cannot make an interval with z ${z}, need a finite number above 0`);
  }
  const share = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  const middle = (share + z ** 2 / (2 * trials)) / shrink;
  const half =
    (z / shrink) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  };
}

function assertCounts(successes: number, trials: number): void {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (whole && trials > 0 && successes >= 0 && successes <= trials) return;
  throw new RangeError(
    `Cannot make an interval from ${successes} of ${trials}, need whole numbers and at least one trial`,
  );
}

function assertConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new RangeError(`Cannot make an interval of confidence ${confidence}, need between 0 and 1`);
}
