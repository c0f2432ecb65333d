/** Absorbs the rounding of products such as 0.07 * 100 = 7.000000000000001 before rounding up. */
const roundingSlack = 1e-9;

/**
 * Nearest-rank quantile: the smallest value that at least `quantile` (0 < q <= 1) of all values do not
 * exceed. Undefined without values. Source: Hyndman and Fan 1996, definition 1.
 */
export function nearestRankQuantile(
  values: readonly number[],
  quantile: number,
): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(Math.ceil(quantile * sorted.length - roundingSlack), 1) - 1];
}
