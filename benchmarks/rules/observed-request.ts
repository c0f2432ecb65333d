/** One request to a canary, as a service mesh or ingress counts it. */
export interface ObservedRequest {
  readonly atMs: number;
  /** False for 5xx and for no answer. */
  readonly ok: boolean;
  readonly latencyMs: number;
}

export interface RuleDecision {
  readonly verdict: 'promote' | 'roll back';
  /** Requests that the canary had served until then. */
  readonly requests: number;
  readonly reason: string;
}

/** Requests of [fromMs, toMs). */
export function windowOf(
  requests: readonly ObservedRequest[],
  fromMs: number,
  toMs: number,
): ObservedRequest[] {
  return requests.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
}

/** Share of answered requests that are no 5xx; undefined without requests. */
export function successShare(requests: readonly ObservedRequest[]): number | undefined {
  if (requests.length === 0) return undefined;
  return requests.filter(({ ok }) => ok).length / requests.length;
}
