import type { Verdict } from '../verdict/verdict.ts';

/** One thing that was seen, kept so that a failure explains itself without another console page (P7). */
export type Evidence =
  /** How many answers had which status; `none` counts requests without an answer. */
  | { readonly kind: 'statuses'; readonly counts: Readonly<Record<string, number>> }
  | {
      readonly kind: 'response';
      /** Which one: what was asked for, and its number. */
      readonly request?: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** First characters of the body. */
      readonly body: string;
      readonly durationMs: number;
      /** Expectations that this answer missed. */
      readonly missed: readonly string[];
    }
  | {
      readonly kind: 'no-response';
      readonly request?: string;
      readonly reason: string;
      readonly durationMs: number;
    }
  /** What came over a WebSocket, or a gRPC answer. */
  | {
      readonly kind: 'message';
      readonly request: string;
      readonly text: string;
      readonly durationMs: number;
      readonly missed: readonly string[];
    }
  | {
      readonly kind: 'latency';
      readonly quantile: number;
      /** Null where that quantile got no answer. */
      readonly observedMs: number | null;
      readonly maxMs?: number;
    }
  /** Where the time of the requests went, in milliseconds. */
  | {
      readonly kind: 'timings';
      readonly requests: number;
      readonly dnsMs: PhaseSummary;
      readonly connectMs: PhaseSummary;
      readonly tlsMs: PhaseSummary;
      readonly firstByteMs: PhaseSummary;
      readonly totalMs: PhaseSummary;
    }
  /** What the check would have said if it, or a person, did not let it through. */
  | {
      readonly kind: 'let-through';
      readonly verdict: 'inconclusive' | 'fail';
      readonly sentence: string;
    }
  /** One metric of one path (null: all together), side by side; numbers that are not finite are null. */
  | {
      readonly kind: 'comparison';
      readonly path: string | null;
      readonly metric: 'error-share' | 'latency';
      /** Error share (0..1), or latency quantile in milliseconds. */
      readonly original: number | null;
      readonly replacement: number | null;
      /** Difference of the error shares, or ratio of the latencies. */
      readonly effect: number | null;
      /** Holds with 95 %, whenever the comparison stopped. */
      readonly interval: readonly [number | null, number | null];
      readonly verdict: 'worse' | 'alike' | 'open';
      /** Judged pairs. */
      readonly pairs: number;
      readonly warmUpPairs: number;
      readonly stopped: string;
    }
  /** State of an AWS resource: a target, an alarm, a task, a listener. */
  | { readonly kind: 'state'; readonly subject: string; readonly state: string };

/** One phase over all requests of a check; quantiles are right within 1 %. */
export interface PhaseSummary {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** What a check found: data, never an exception (style habit 11). */
export interface CheckResult {
  readonly name: string;
  readonly type: string;
  readonly verdict: Verdict;
  /** One sentence without final full stop: what was expected and what was seen. */
  readonly sentence: string;
  readonly expected: string;
  readonly observed: string;
  /** How many samples the verdict rests on. */
  readonly samples: number;
  readonly evidence: readonly Evidence[];
}

/** A check that could not be carried out. */
export function brokenCheck(name: string, type: string, message: string): CheckResult {
  return {
    name,
    type,
    verdict: 'error',
    sentence: `${name}: ${message}`,
    expected: 'to carry out the check',
    observed: message,
    samples: 0,
    evidence: [],
  };
}
