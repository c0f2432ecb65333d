/** How many of the differences were -1, 0 and 1. */
export interface DifferenceCounts {
  readonly minus: number;
  readonly zero: number;
  readonly plus: number;
}

/**
 * Stakes, as a share of the greatest one that cannot go bankrupt, and how the capital is spread over them. Right
 * stakes are great when errors are rare, which is the common case, and smaller when both sides have many.
 */
const stakes = [
  { share: 0.12, weight: 0.05 },
  { share: 0.25, weight: 0.08 },
  { share: 0.45, weight: 0.15 },
  { share: 0.65, weight: 0.15 },
  { share: 0.82, weight: 0.17 },
  { share: 0.94, weight: 0.2 },
  { share: 0.99, weight: 0.2 },
] as const;

/**
 * Log of the evidence that the mean of differences in {-1, 0, 1} lies below `margin` (-1 < margin < 1): the
 * capital of somebody who bets against "the mean is margin or more", each difference paying
 * 1 + lambda (margin - difference), averaged over several lambda in (0, 1/(1-margin)). If each difference, given
 * all before, has a mean of margin or more, the capital is a supermartingale from 1 and ever reaches 1/alpha with
 * probability alpha at most. Source: Waudby-Smith and Ramdas 2024 (betting), Ville 1939.
 */
export function logMarginEvidence(counts: DifferenceCounts, margin: number): number {
  let greatest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const { share, weight } of stakes) {
    const lambda = share / (1 - margin);
    const log =
      Math.log(weight) +
      counts.plus * Math.log1p(-share) +
      counts.zero * Math.log1p(lambda * margin) +
      counts.minus * Math.log1p(lambda * (margin + 1));
    if (log > greatest) {
      sum = sum * Math.exp(greatest - log) + 1;
      greatest = log;
    } else {
      sum += Math.exp(log - greatest);
    }
  }
  return greatest + Math.log(sum);
}

/** The fewest pairs, all without a difference, whose evidence reaches 1/alpha; margin > 0. */
export function fewestAlike(margin: number, alpha: number): number {
  const wanted = -Math.log(alpha);
  const reached = (zero: number) =>
    logMarginEvidence({ minus: 0, zero, plus: 0 }, margin) >= wanted;
  let high = 1;
  while (!reached(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
