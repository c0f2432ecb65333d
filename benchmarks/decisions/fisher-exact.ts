import { logGamma } from '../../functions/core/statistics/log-gamma.ts';

/**
 * One-sided p-value of Fisher's exact test: the chance of at least `first` successes in the first of two samples of
 * `size` each, given the successes of both together. Source: Fisher 1934; R fisher.test(alternative = "greater").
 */
export function fisherGreater(first: number, second: number, size: number): number {
  const total = first + second;
  const all = logChoose(2 * size, total);
  let p = 0;
  for (let successes = first; successes <= Math.min(total, size); successes++) {
    p += Math.exp(logChoose(size, successes) + logChoose(size, total - successes) - all);
  }
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
