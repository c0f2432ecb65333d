import {
  type ObservedRequest,
  type RuleDecision,
  successShare,
  windowOf,
} from './observed-request.ts';

export interface ArgoMetric {
  /** `count`: measurements of one analysis run. */
  readonly count: number;
  readonly intervalMs: number;
  /** Failed measurements that are still allowed. */
  readonly failureLimit: number;
  /** `successCondition: result[0] >= …`, 0 to 1. */
  readonly minSuccessShare: number;
}

/** The example of its page on analysis, measured each minute as long as Flagger's ten checks. */
export const argoDefaults: ArgoMetric = {
  count: 10,
  intervalMs: 60_000,
  failureLimit: 3,
  minSuccessShare: 0.95,
};

/**
 * Argo Rollouts' rule (docs: Analysis; analysis/analysis.go): a metric is Failed once more measurements failed
 * than `failureLimit` allows, Successful after `count` of them. An empty vector has no result[0]: an error,
 * five of which in a row (consecutiveErrorLimit 4) end the run as well.
 */
export function argoFailureLimit(
  requests: readonly ObservedRequest[],
  metric: ArgoMetric = argoDefaults,
): RuleDecision {
  const { count, intervalMs, failureLimit, minSuccessShare } = metric;
  const startMs = requests[0]?.atMs ?? 0;
  let failed = 0;
  let errorsInARow = 0;
  let served = 0;
  for (let measurement = 0, taken = 0; taken < count; measurement++) {
    const fromMs = startMs + measurement * intervalMs;
    const window = windowOf(requests, fromMs, fromMs + intervalMs);
    served += window.length;
    const share = successShare(window);
    errorsInARow = share === undefined ? errorsInARow + 1 : 0;
    if (errorsInARow > consecutiveErrorLimit) {
      return {
        verdict: 'roll back',
        requests: served,
        reason: 'five errors in a row: no requests',
      };
    }
    if (share === undefined) continue;
    taken++;
    if (share >= minSuccessShare) continue;
    failed++;
    if (failed <= failureLimit) continue;
    const reason = `${failed} failed measurements, the last one ${(share * 100).toFixed(1)} %`;
    return { verdict: 'roll back', requests: served, reason };
  }
  const reason = `${count} measurements, ${failed} of them failed`;
  return { verdict: 'promote', requests: served, reason };
}

const consecutiveErrorLimit = 4;
