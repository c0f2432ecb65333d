import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anytimeShareInterval } from '../../../functions/core/statistics/anytime-intervals.ts';
import { betaQuantile } from '../../../functions/core/statistics/beta-quantile.ts';
import { incompleteBeta } from '../../../functions/core/statistics/incomplete-beta.ts';
import { LatencyHistogram } from '../../../functions/core/statistics/latency-histogram.ts';
import { logBeta, logGamma } from '../../../functions/core/statistics/log-gamma.ts';
import { fewestAlike } from '../../../functions/core/statistics/margin-process.ts';
import { clopperPearson, wilson } from '../../../functions/core/statistics/share-interval.ts';
import { fewestSigns } from '../../../functions/core/statistics/sign-process.ts';

const shape = fc.double({ min: 0.2, max: 300, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const confidences = fc.double({ min: 0.5, max: 0.999, noNaN: true });
const trials = fc
  .integer({ min: 1, max: 2_000 })
  .chain((of) => fc.record({ successes: fc.nat({ max: of }), of: fc.constant(of) }));
const runs = { numRuns: 60 };

describe('special functions', () => {
  it('keep the recurrence of the gamma function and the symmetry of beta', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        expect(logGamma(a + 1) - logGamma(a)).toBeCloseTo(Math.log(a), 9);
        expect(logBeta(a, b)).toBe(logBeta(b, a));
      }),
      runs,
    );
  });

  it('incompleteBeta rises with x, and I_x(a, b) and I_1-x(b, a) add up to 1', () => {
    fc.assert(
      fc.property(share, share, shape, shape, (one, other, a, b) => {
        const [x, y] = [Math.min(one, other), Math.max(one, other)];
        expect(incompleteBeta(y, a, b)).toBeGreaterThanOrEqual(incompleteBeta(x, a, b) - 1e-12);
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 9);
      }),
      runs,
    );
  });

  it('betaQuantile takes incompleteBeta back', () => {
    // Below 1 the density has no bound, and neighbouring doubles are further apart in p than the tolerance.
    const bounded = fc.double({ min: 1, max: 300, noNaN: true });
    fc.assert(
      fc.property(share, bounded, bounded, (p, a, b) => {
        expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      }),
      runs,
    );
  });
});

describe.each([
  { name: 'clopperPearson', interval: clopperPearson },
  { name: 'wilson', interval: (k: number, n: number, c: number) => wilson(k, n, 1 / (1 - c)) },
  { name: 'anytimeShareInterval', interval: anytimeShareInterval },
])('$name', ({ interval }) => {
  it('holds what was seen, inside 0 to 1, and mirrors when failures are counted', () => {
    fc.assert(
      fc.property(trials, confidences, ({ successes, of }, confidence) => {
        const { low, high } = interval(successes, of, confidence);
        const mirrored = interval(of - successes, of, confidence);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(successes / of);
        expect(high).toBeGreaterThanOrEqual(successes / of);
        expect(high).toBeLessThanOrEqual(1);
        expect(mirrored.low).toBeCloseTo(1 - high, 9);
      }),
      runs,
    );
  });

  it('rises with the successes and widens with the confidence', () => {
    fc.assert(
      fc.property(trials, confidences, ({ successes, of }, confidence) => {
        fc.pre(successes < of);
        const here = interval(successes, of, confidence);
        const next = interval(successes + 1, of, confidence);
        const surer = interval(successes, of, (1 + confidence) / 2);
        expect(next.low).toBeGreaterThanOrEqual(here.low - 1e-12);
        expect(next.high).toBeGreaterThanOrEqual(here.high - 1e-12);
        expect(surer.low).toBeLessThanOrEqual(here.low + 1e-12);
        expect(surer.high).toBeGreaterThanOrEqual(here.high - 1e-12);
      }),
      runs,
    );
  });
});

describe('LatencyHistogram', () => {
  it('has quantiles that rise, and that rise with every value', () => {
    const values = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, share, share, fc.nat(), (durations, one, other, at) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const of = (all: readonly number[]) => {
          const histogram = new LatencyHistogram();
          for (const duration of all) histogram.record(duration);
          return histogram;
        };
        const slower = durations.with(at % durations.length, 120_000);
        const here = of(durations);
        expect(here.quantile(high)).toBeGreaterThanOrEqual(here.quantile(low) ?? -1);
        // One bucket's middle may lie up to 1 % below the greatest value itself.
        expect(of(slower).quantile(low)).toBeGreaterThanOrEqual(0.99 * (here.quantile(low) ?? -1));
      }),
      runs,
    );
  });
});

describe('what is needed at least', () => {
  it('falls with a greater chance of being wrong, and with a wider margin', () => {
    const chance = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(chance, chance, share, share, (one, other, first, second) => {
        const [strict, lax] = [Math.min(one, other), Math.max(one, other)];
        const [narrow, wide] = [Math.min(first, second), Math.max(first, second)];
        expect(fewestSigns(lax)).toBeLessThanOrEqual(fewestSigns(strict));
        expect(fewestAlike(narrow, lax)).toBeLessThanOrEqual(fewestAlike(narrow, strict));
        expect(fewestAlike(wide, strict)).toBeLessThanOrEqual(fewestAlike(narrow, strict));
      }),
      runs,
    );
  });
});
