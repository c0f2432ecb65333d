import { describe, expect, it } from 'vitest';
import { argoDefaults, argoFailureLimit } from '../../benchmarks/rules/argo-failure-limit.ts';
import { flaggerDefaults, flaggerThreshold } from '../../benchmarks/rules/flagger-threshold.ts';
import type { ObservedRequest } from '../../benchmarks/rules/observed-request.ts';

/** Sixty requests in each minute, of which the given number fail. */
function stream(errorsByMinute: readonly number[], latencyMs = 10): ObservedRequest[] {
  return errorsByMinute.flatMap((errors, minute) =>
    Array.from({ length: 60 }, (_, second) => ({
      atMs: minute * 60_000 + second * 1_000,
      ok: second >= errors,
      latencyMs,
    })),
  );
}

const minutes = (count: number, errors: number) => Array.from({ length: count }, () => errors);

describe("Flagger's threshold", () => {
  it('promotes after ten checks that pass', () => {
    expect(flaggerThreshold(stream(minutes(12, 0)))).toMatchObject({
      verdict: 'promote',
      requests: 600,
    });
  });

  it('halts at one failed check, goes on, and never forgets it', () => {
    const once = flaggerThreshold(stream([0, 1, ...minutes(10, 0)]));
    expect(once).toMatchObject({ verdict: 'promote', requests: 660 });
    const twice = flaggerThreshold(stream([1, ...minutes(8, 0), 1, 0]));
    expect(twice).toMatchObject({ verdict: 'roll back', requests: 600 });
  });

  it('takes 99 % for enough, and a 99th percentile of 500 ms', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => ({
      atMs: at,
      ok: at > 0,
      latencyMs: 500,
    }));
    const one = { ...flaggerDefaults, iterations: 1, threshold: 1 };
    expect(flaggerThreshold(hundred, one).verdict).toBe('promote');
    expect(flaggerThreshold(stream([0, 0], 501)).reason).toContain('p99 501 ms');
  });

  it('takes no values for a failed check', () => {
    expect(flaggerThreshold([])).toMatchObject({
      verdict: 'roll back',
      requests: 0,
      reason: '2 failed checks, the last one: no values found for metric request-success-rate',
    });
  });
});

describe("Argo's failure limit", () => {
  it('is successful after ten measurements, three of which may fail', () => {
    const three = argoFailureLimit(stream([4, 4, 4, ...minutes(7, 0)]));
    expect(three).toMatchObject({ verdict: 'promote', requests: 600 });
    const four = argoFailureLimit(stream([4, 4, 4, 0, 4, 0]));
    expect(four).toMatchObject({ verdict: 'roll back', requests: 300 });
  });

  it('takes exactly 95 % for a success', () => {
    const limit = { ...argoDefaults, failureLimit: 0, count: 1 };
    expect(argoFailureLimit(stream([3]), limit).verdict).toBe('promote');
    expect(argoFailureLimit(stream([4]), limit).verdict).toBe('roll back');
  });

  it('ends after five errors in a row when there are no requests', () => {
    expect(argoFailureLimit([])).toMatchObject({ verdict: 'roll back', requests: 0 });
  });
});
