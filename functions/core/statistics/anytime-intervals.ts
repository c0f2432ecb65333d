import { logBeta } from './log-gamma.ts';
import { type DifferenceCounts, logMarginEvidence } from './margin-process.ts';
import type { Interval } from './share-interval.ts';

const steps = 60;

/**
 * Interval for the mean of differences in {-1, 0, 1} that covers it at every number of differences together
 * with at least `confidence`, so it stays right where somebody stopped because of what was seen. All means that
 * neither one-sided bet rejects. Source: Waudby-Smith and Ramdas 2024, theorem 3.
 */
export function differenceInterval(counts: DifferenceCounts, confidence: number): Interval {
  const mirrored = { minus: counts.plus, zero: counts.zero, plus: counts.minus };
  return {
    low: -upperLimit(mirrored, (1 - confidence) / 2),
    high: upperLimit(counts, (1 - confidence) / 2),
  };
}

/** The least margin that the mean is shown to lie below; the evidence rises with the margin. */
function upperLimit(counts: DifferenceCounts, alpha: number): number {
  return boundary(-1, 1, (margin) => logMarginEvidence(counts, margin) >= -Math.log(alpha));
}

/**
 * Interval for a share that covers it at every number of trials together with at least `confidence`: all shares
 * against which the likelihood ratio, averaged over a uniform prior, stays below 1/(1-confidence). Source:
 * Robbins 1970; Howard, Ramdas, McAuliffe, Sekhon 2021, section 3.
 */
export function anytimeShareInterval(
  successes: number,
  trials: number,
  confidence: number,
): Interval {
  const failures = trials - successes;
  const mixture = logBeta(successes + 1, failures + 1);
  const excluded = (share: number) =>
    mixture - logLikelihood(successes, failures, share) >= -Math.log(1 - confidence);
  const best = trials === 0 ? 0.5 : successes / trials;
  return {
    low: boundary(best, 0, excluded),
    high: boundary(best, 1, excluded),
  };
}

function logLikelihood(successes: number, failures: number, share: number): number {
  return (
    (successes === 0 ? 0 : successes * Math.log(share)) +
    (failures === 0 ? 0 : failures * Math.log1p(-share))
  );
}

/** Where `excluded` becomes true on the way from `inside` to `end`; `end` itself when it never does. */
function boundary(inside: number, end: number, excluded: (value: number) => boolean): number {
  let within = inside;
  let beyond = end;
  for (let step = 0; step < steps; step++) {
    const middle = (within + beyond) / 2;
    if (excluded(middle)) beyond = middle;
    else within = middle;
  }
  return beyond;
}
