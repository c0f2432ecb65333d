import { normalQuantile } from './normal-quantile.ts';

const confidence = 0.98;
/** The part of the shift that is tolerated. */
const tolerance = 0.25;
const critical = normalQuantile(1 - (1 - confidence) / 2);

/**
 * Whether Kayenta classifies a metric as High: the lower end of the interval for the shift (Mann-Whitney,
 * normal approximation with tie and continuity correction, as R's wilcox.test) lies above a quarter of the
 * Hodges-Lehmann estimate. The end is found by inverting the test, so it suffices to test at that quarter;
 * Kayenta's solver stops within 1e-4 of it, ours has no such noise.
 */
export function isHigh(experiment: readonly number[], control: readonly number[]): boolean {
  if (experiment.every((value, at) => value === control[at])) return false;
  const bound = tolerance * Math.abs(hodgesLehmann(experiment, control));
  const statistic = standardizedRankSum(experiment, control, bound);
  return statistic !== undefined && statistic > critical;
}

/** Median of all differences. Source: Hodges and Lehmann 1963. */
export function hodgesLehmann(experiment: readonly number[], control: readonly number[]): number {
  const differences = new Float64Array(experiment.length * control.length);
  let at = 0;
  for (const x of experiment) for (const y of control) differences[at++] = x - y;
  differences.sort();
  const middle = differences.length / 2;
  return ((differences[Math.ceil(middle) - 1] ?? 0) + (differences[Math.floor(middle)] ?? 0)) / 2;
}

/** Standardized rank sum of `experiment - shift` against `control`; undefined when all values are tied. */
export function standardizedRankSum(
  experiment: readonly number[],
  control: readonly number[],
  shift: number,
): number | undefined {
  const pooled = [
    ...experiment.map((value) => ({ value: value - shift, ours: true })),
    ...control.map((value) => ({ value, ours: false })),
  ].sort((left, right) => left.value - right.value);
  const [m, n] = [experiment.length, control.length];
  let [rankSum, ties] = [0, 0];
  for (let from = 0; from < pooled.length; ) {
    let to = from;
    let ours = 0;
    while (to < pooled.length && pooled[to]?.value === pooled[from]?.value) {
      if (pooled[to]?.ours) ours += 1;
      to += 1;
    }
    const tied = to - from;
    rankSum += ours * (from + (tied + 1) / 2);
    ties += tied ** 3 - tied;
    from = to;
  }
  const variance = ((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  if (variance <= 0) return undefined;
  const deviation = rankSum - (m * (m + 1)) / 2 - (m * n) / 2;
  return (deviation - 0.5 * Math.sign(deviation)) / Math.sqrt(variance);
}
