import { describe, expect, it } from 'vitest';
import { fisherGreater } from '../../../benchmarks/decisions/fisher-exact.ts';
import { normalQuantile } from '../../../benchmarks/decisions/normal-quantile.ts';
import { standardizedRankSum } from '../../../benchmarks/decisions/rank-test.ts';
import { betaQuantile } from '../../../functions/core/statistics/beta-quantile.ts';
import {
  incompleteBeta,
  logIncompleteBeta,
} from '../../../functions/core/statistics/incomplete-beta.ts';
import { logBeta, logGamma } from '../../../functions/core/statistics/log-gamma.ts';
import { clopperPearson, wilson } from '../../../functions/core/statistics/share-interval.ts';
import { logSignEvidence } from '../../../functions/core/statistics/sign-process.ts';
import betaQuantiles from './vectors/beta-quantile.json' with { type: 'json' };
import fisherValues from './vectors/fisher-exact.json' with { type: 'json' };
import incompleteBetas from './vectors/incomplete-beta.json' with { type: 'json' };
import logGammas from './vectors/log-gamma.json' with { type: 'json' };
import rankSums from './vectors/rank-sum.json' with { type: 'json' };
import shareIntervals from './vectors/share-interval.json' with { type: 'json' };
import signEvidence from './vectors/sign-evidence.json' with { type: 'json' };

/** Relative where the value is great, absolute where it is near 0. */
function expectNear(observed: number, expected: number, tolerance: number): void {
  expect(Math.abs(observed - expected)).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

// How the vectors were made: vectors/make-vectors.py (SciPy 1.17.1, mpmath 1.3.0).
describe('logGamma against mpmath', () => {
  it.each(logGammas)('at $x is $value', ({ x, value }) => {
    expectNear(logGamma(x), value, 1e-13);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (x) => {
    expect(() => logGamma(x)).toThrow(`Cannot take the log-gamma of ${x}`);
  });

  it('gives log B(2, 3) = log(1/12)', () => {
    expectNear(logBeta(2, 3), Math.log(1 / 12), 1e-14);
  });
});

describe('incompleteBeta against mpmath', () => {
  it.each(incompleteBetas)('at x $x, a $a, b $b is $value', ({ x, a, b, value, log }) => {
    expect(Math.abs(incompleteBeta(x, a, b) - value)).toBeLessThanOrEqual(1e-10 * value);
    // Near 1 the log is the complement, which a double near 1 cannot hold any better.
    expectNear(logIncompleteBeta(x, a, b), log, 1e-10);
  });

  it('is 0 at 0 and 1 at 1', () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  it.each([
    { x: -0.1, a: 1, b: 1 },
    { x: 1.1, a: 1, b: 1 },
    { x: 0.5, a: 0, b: 1 },
    { x: 0.5, a: 1, b: -1 },
    { x: 0.5, a: 1, b: 0 },
    { x: Number.NaN, a: 1, b: 1 },
  ])('refuses x $x, a $a, b $b', ({ x, a, b }) => {
    expect(() => incompleteBeta(x, a, b)).toThrow('need 0 <= x <= 1 and a, b above 0');
  });
});

describe('betaQuantile against SciPy', () => {
  it.each(betaQuantiles)('of $p at a $a, b $b is $value', ({ p, a, b, value }) => {
    expect(Math.abs(betaQuantile(p, a, b) / value - 1)).toBeLessThan(1e-9);
  });

  it('is 0 at 0, 1 at 1, and refuses the rest', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    for (const p of [1.5, -0.5, Number.NaN]) {
      expect(() => betaQuantile(p, 2, 3)).toThrow(`Cannot take quantile ${p}`);
    }
  });
});

describe('intervals for a share against SciPy binomtest', () => {
  it.each(shareIntervals)('$successes of $trials at $confidence', (row) => {
    const exact = clopperPearson(row.successes, row.trials, row.confidence);
    expectNear(exact.low, row.clopperPearson[0] ?? Number.NaN, 1e-9);
    expectNear(exact.high, row.clopperPearson[1] ?? Number.NaN, 1e-9);
    const score = wilson(row.successes, row.trials, row.z);
    expectNear(score.low, row.wilson[0] ?? Number.NaN, 1e-9);
    expectNear(score.high, row.wilson[1] ?? Number.NaN, 1e-9);
  });

  it.each([
    { successes: 2, trials: 1 },
    { successes: -1, trials: 1 },
    { successes: 0, trials: 0 },
    { successes: 0.5, trials: 2 },
  ])('refuse $successes of $trials', ({ successes, trials }) => {
    expect(() => clopperPearson(successes, trials, 0.95)).toThrow('need whole numbers');
    expect(() => wilson(successes, trials, 1.96)).toThrow('need whole numbers');
  });

  it.each([1, 3, 7, 50, 999])('of the score end exactly at 0 and 1, %i trials', (trials) => {
    expect([wilson(0, trials, 1.96).low, wilson(trials, trials, 1.96).high]).toEqual([0, 1]);
  });

  it.each([0, 1])('refuse a confidence of %s', (confidence) => {
    expect(() => clopperPearson(1, 2, confidence)).toThrow('need between 0 and 1');
  });

  it.each([0, -1, Number.POSITIVE_INFINITY])('refuse z %s', (z) => {
    expect(() => wilson(1, 2, z)).toThrow('need a finite number above 0');
  });
});

describe('logSignEvidence against quadrature by mpmath', () => {
  it.each(signEvidence)('after $positive to $negative is $log', ({ positive, negative, log }) => {
    expectNear(logSignEvidence(positive, negative), log, 1e-9);
  });
});

describe("the rivals' tests of the benchmark against SciPy", () => {
  it.each(fisherValues)('Fisher: $first against $second of $size', ({ first, second, size, p }) => {
    expectNear(fisherGreater(first, second, size), p, 1e-10);
  });

  it.each(rankSums)('Mann-Whitney: $experiment against $control', ({ experiment, control, z }) => {
    expectNear(standardizedRankSum(experiment, control, 0) ?? Number.NaN, z, 1e-9);
  });

  it.each([
    { p: 0.5, z: 0 },
    { p: 0.975, z: 1.959963984540054 },
    { p: 0.995, z: 2.575829303548901 },
    { p: 0.001, z: -3.090232306167813 },
  ])('normal quantile of $p', ({ p, z }) => {
    expectNear(normalQuantile(p), z, 1e-8);
  });
});
