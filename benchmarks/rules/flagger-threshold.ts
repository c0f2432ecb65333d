import {
  type ObservedRequest,
  type RuleDecision,
  successShare,
  windowOf,
} from './observed-request.ts';

export interface FlaggerAnalysis {
  /** Checks until promotion, one per interval, that pass. */
  readonly iterations: number;
  readonly intervalMs: number;
  /** Failed checks at which it rolls back. */
  readonly threshold: number;
  /** `request-success-rate`, 0 to 1. */
  readonly minSuccessShare: number;
  /** `request-duration`, 99th percentile. */
  readonly maxP99Ms: number;
}

/** The example of its page on blue/green, with both built-in metrics at their documented thresholds. */
export const flaggerDefaults: FlaggerAnalysis = {
  iterations: 10,
  intervalMs: 60_000,
  threshold: 2,
  minSuccessShare: 0.99,
  maxP99Ms: 500,
};

/**
 * Flagger's rule (docs: How it works, Metrics analysis; pkg/controller/scheduler.go): each interval looks at
 * the metrics of the last one; a check that fails halts the advance and counts, the count never falls, and
 * at the threshold the canary is rolled back. No values is a failed check.
 */
export function flaggerThreshold(
  requests: readonly ObservedRequest[],
  analysis: FlaggerAnalysis = flaggerDefaults,
): RuleDecision {
  const { intervalMs, iterations, threshold } = analysis;
  const startMs = requests[0]?.atMs ?? 0;
  let passed = 0;
  let failed = 0;
  let served = 0;
  let why = '';
  for (let check = 0; passed < iterations; check++) {
    const fromMs = startMs + check * intervalMs;
    const window = windowOf(requests, fromMs, fromMs + intervalMs);
    served += window.length;
    const complaint = complaintAbout(window, analysis);
    if (complaint === undefined) {
      passed++;
      continue;
    }
    failed++;
    why = complaint;
    if (failed < threshold) continue;
    const reason = `${failed} failed checks, the last one: ${why}`;
    return { verdict: 'roll back', requests: served, reason };
  }
  const reason = `${passed} checks passed, ${failed} failed${why && `: ${why}`}`;
  return { verdict: 'promote', requests: served, reason };
}

function complaintAbout(
  window: readonly ObservedRequest[],
  { minSuccessShare, maxP99Ms }: FlaggerAnalysis,
): string | undefined {
  const share = successShare(window);
  if (share === undefined) return 'no values found for metric request-success-rate';
  if (share < minSuccessShare) return `success rate ${(share * 100).toFixed(1)} %`;
  const p99Ms = quantile(
    window.map(({ latencyMs }) => latencyMs),
    0.99,
  );
  return p99Ms > maxP99Ms ? `p99 ${Math.round(p99Ms)} ms` : undefined;
}

/** Nearest rank; Flagger interpolates between the buckets of a Prometheus histogram. */
function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
