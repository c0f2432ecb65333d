import type { Verdict } from '../verdict/verdict.ts';

/** One thing that was seen, kept so that a failure explains itself without another console page (P7). */
export type Evidence =
  /** How many answers had which status; `none` counts requests without an answer. */
  | { readonly kind: 'statuses'; readonly counts: Readonly<Record<string, number>> }
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** First characters of the body. */
      readonly body: string;
      readonly durationMs: number;
      /** Expectations that this answer missed. */
      readonly missed: readonly string[];
    }
  | { readonly kind: 'no-response'; readonly reason: string; readonly durationMs: number }
  | { readonly kind: 'latency'; readonly quantile: number; readonly observedMs: number }
  /** State of an AWS resource: a target, an alarm, a task, a listener. */
  | { readonly kind: 'state'; readonly subject: string; readonly state: string };

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
