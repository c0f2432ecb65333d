import { logIncompleteBeta } from './incomplete-beta.ts';
import { logBeta } from './log-gamma.ts';

/**
 * Log of the evidence that a sign is positive more often than not, after `positive` and `negative` ones: the
 * likelihood ratio of "positive with probability theta", averaged over theta uniform in (1/2, 1), against a
 * fair coin. If each sign, given all before it, is positive with probability 1/2 or less, the evidence is a
 * supermartingale from 1, so it ever reaches 1/alpha with probability alpha at most (Ville 1939), however
 * often one looks. Sources: Robbins 1970; Ramdas, Grunwald, Vovk, Shafer 2023, sections 2 and 3.
 */
export function logSignEvidence(positive: number, negative: number): number {
  const total = positive + negative;
  const a = positive + 1;
  const b = negative + 1;
  // 2^n * integral over (1/2, 1) of theta^p (1-theta)^m, times 2 for the density; I_1/2(b, a) is its share.
  return (total + 1) * Math.LN2 + logBeta(a, b) + logIncompleteBeta(0.5, b, a);
}

/** The fewest signs, all positive, whose evidence reaches 1/alpha. */
export function fewestSigns(alpha: number): number {
  const wanted = -Math.log(alpha);
  let signs = 1;
  // Stryker disable next-line EqualityOperator: two logarithms that were computed apart are not equal
  while (logSignEvidence(signs, 0) < wanted) signs += 1;
  return signs;
}
