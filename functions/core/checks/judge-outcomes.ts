import type { LatencyBound, ShareExpectations } from '../config/expectation-schemas.ts';
import type { CheckResult, Evidence } from './check-result.ts';
import { summarizeMisses } from './miss-summary.ts';
import type { Judged } from './outcome.ts';
import { nearestRankQuantile } from './quantile.ts';

/**
 * Judges what a check sent, one by one and together. The share that misses an expectation, those without an answer
 * included, decides first; it is certain as soon as the misses seen outnumber what all that is planned may miss.
 * Less than planned is otherwise `inconclusive`, then each latency quantile is judged.
 */
export function judgeOutcomes(
  judged: Judged,
  expect: ShareExpectations,
  evidence: readonly Evidence[],
): CheckResult {
  const { name, type, subject, unit, planned, outcomes } = judged;
  const samples = outcomes.length;
  const offending = outcomes.filter(({ misses }) => misses.length > 0);
  const base = { name, type, samples, evidence };
  const { max } = expect.errorShare;
  if (offending.length / planned > max) {
    const summary = summarizeMisses(offending, unit, samples);
    const allowance = max === 0 ? '' : ` (at most ${percent(max)} of ${counted[unit]} may miss it)`;
    return {
      ...base,
      verdict: 'fail',
      sentence: `${subject}: expected ${summary.sentence}${allowance}`,
      expected: `${summary.expected}${allowance}`,
      observed: summary.observed,
    };
  }
  if (samples < planned) {
    const expected = `${awaited[unit]} ${planned} ${counted[unit]}`;
    const observed = `${samples} before the time was up`;
    const sentence = `${subject}: expected ${expected}, got ${observed}`;
    return { ...base, verdict: 'inconclusive', sentence, expected, observed };
  }
  return judgeLatency(judged, expect, base, samples - offending.length);
}

const counted = { responses: 'requests', runs: 'runs', exchanges: 'exchanges' } as const;
const awaited = { responses: 'answers to', runs: 'the end of', exchanges: 'the end of' } as const;

function judgeLatency(
  { subject, unit, outcomes }: Judged,
  { latency = [] }: ShareExpectations,
  base: Pick<CheckResult, 'name' | 'type' | 'samples' | 'evidence'>,
  right: number,
): CheckResult {
  const values = outcomes.map(({ latencyMs }) => latencyMs);
  const bounds = [latency].flat().map((bound) => ({
    ...bound,
    observedMs: nearestRankQuantile(values, bound.quantile) ?? Number.POSITIVE_INFINITY,
  }));
  const evidence = [
    ...base.evidence,
    ...bounds.map(({ quantile, maxMs, observedMs }) => ({
      kind: 'latency' as const,
      quantile,
      maxMs,
      // JSON has no Infinity.
      observedMs: Number.isFinite(observedMs) ? observedMs : null,
    })),
  ];
  const missed = bounds.filter(({ observedMs, maxMs }) => observedMs > maxMs);
  if (missed.length > 0) {
    const expected = missed.map(describeBound).join('; ');
    const all = `over ${outcomes.length} ${counted[unit]}`;
    const observed = `${missed.map(({ observedMs }) => milliseconds(observedMs)).join(' and ')} ${all}`;
    const sentence = `${subject}: expected ${expected}, got ${observed}`;
    return { ...base, evidence, verdict: 'fail', sentence, expected, observed };
  }
  const answers = `${right} of ${outcomes.length} ${unit} as expected`;
  const kept = bounds.map(
    ({ quantile, maxMs, observedMs }) =>
      `, latency quantile ${quantile} is ${milliseconds(observedMs)} of at most ${maxMs} ms`,
  );
  const observed = `${answers}${kept.join('')}`;
  const expected =
    bounds.length === 0 ? 'every expectation met' : bounds.map(describeBound).join('; ');
  return {
    ...base,
    evidence,
    verdict: 'pass',
    sentence: `${subject}: ${observed}`,
    expected,
    observed,
  };
}

function describeBound({ quantile, maxMs }: LatencyBound): string {
  return `latency quantile ${quantile} of at most ${maxMs} ms`;
}

function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return 'no answer';
  return `${Math.round(value * 10) / 10} ms`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
