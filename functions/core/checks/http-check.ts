import type { HttpCheckConfig } from '../config/schema.ts';
import type { ProbeSample } from '../probe/sample.ts';
import type { CheckResult } from './check-result.ts';
import { collectHttpEvidence } from './http-evidence.ts';
import { type Miss, missedExpectations } from './http-expectations.ts';
import { summarizeMisses } from './miss-summary.ts';
import { nearestRankQuantile } from './quantile.ts';

/** A sample together with what it missed. */
export interface JudgedSample {
  readonly sample: ProbeSample;
  readonly misses: readonly Miss[];
}

/**
 * Judges one HTTP check over its samples. The share of requests that miss an expectation, requests without an
 * answer included, decides first; it is certain as soon as the misses seen outnumber what all planned requests
 * may miss. Fewer samples than planned are otherwise `inconclusive`, then the latency quantile is judged.
 */
export function judgeHttpCheck(
  check: HttpCheckConfig,
  samples: readonly ProbeSample[],
): CheckResult {
  const name = check.name ?? check.path;
  const subject = `${check.method} ${check.path}`;
  const judged = samples.map((sample) => ({
    sample,
    misses: missedExpectations(check, sample.response),
  }));
  const offending = judged.filter(({ misses }) => misses.length > 0);
  const evidence = collectHttpEvidence(judged);
  const base = { name, type: 'http', samples: samples.length, evidence };

  if (offending.length / check.requests > check.expect.errorShare.max) {
    const summary = summarizeMisses(
      offending.map(({ misses }) => misses),
      samples.length,
    );
    const allowance = describeAllowance(check);
    return {
      ...base,
      verdict: 'fail',
      sentence: `${subject}: expected ${summary.sentence}${allowance}`,
      expected: `${summary.expected}${allowance}`,
      observed: summary.observed,
    };
  }
  if (samples.length < check.requests) {
    const expected = `answers to ${check.requests} requests`;
    const observed = `${samples.length} before the time was up`;
    const sentence = `${subject}: expected ${expected}, got ${observed}`;
    return { ...base, verdict: 'inconclusive', sentence, expected, observed };
  }
  return judgeLatency(check, samples, subject, base, offending.length);
}

function judgeLatency(
  check: HttpCheckConfig,
  samples: readonly ProbeSample[],
  subject: string,
  base: Pick<CheckResult, 'name' | 'type' | 'samples' | 'evidence'>,
  missed: number,
): CheckResult {
  const latency = [check.expect.latency ?? []].flat()[0];
  const durations = samples.map(({ response }) => response.durationMs);
  const observedMs = latency && nearestRankQuantile(durations, latency.quantile);
  if (latency === undefined || observedMs === undefined) {
    const observed = `${samples.length - missed} of ${samples.length} responses as expected`;
    const expected = 'every expectation met';
    return { ...base, verdict: 'pass', sentence: `${subject}: ${observed}`, expected, observed };
  }
  const evidence: CheckResult['evidence'] = [
    ...base.evidence,
    { kind: 'latency', quantile: latency.quantile, observedMs },
  ];
  const expected = `latency quantile ${latency.quantile} of at most ${latency.maxMs} ms`;
  const shownMs = `${Math.round(observedMs * 10) / 10} ms`;
  if (observedMs > latency.maxMs) {
    const observed = `${shownMs} over ${samples.length} requests`;
    const sentence = `${subject}: expected ${expected}, got ${observed}`;
    return { ...base, verdict: 'fail', sentence, expected, observed, evidence };
  }
  const answers = `${samples.length - missed} of ${samples.length} responses as expected`;
  const observed = `${answers}, latency quantile ${latency.quantile} is ${shownMs} of at most ${latency.maxMs} ms`;
  return {
    ...base,
    verdict: 'pass',
    sentence: `${subject}: ${observed}`,
    expected,
    observed,
    evidence,
  };
}

function describeAllowance(check: HttpCheckConfig): string {
  const { max } = check.expect.errorShare;
  return max === 0 ? '' : ` (at most ${Number((max * 100).toFixed(2))} % of requests may miss it)`;
}
