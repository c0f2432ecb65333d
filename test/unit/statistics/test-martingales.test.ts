import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anytimeShareInterval,
  differenceInterval,
} from '../../../functions/core/statistics/anytime-intervals.ts';
import {
  fewestAlike,
  logMarginEvidence,
} from '../../../functions/core/statistics/margin-process.ts';
import { fewestSigns, logSignEvidence } from '../../../functions/core/statistics/sign-process.ts';

const few = fc.nat({ max: 300 });
const counts = fc.record({ minus: few, zero: fc.nat({ max: 3_000 }), plus: few });
const margins = fc.double({ min: 0.001, max: 0.5, noNaN: true });

describe('logSignEvidence', () => {
  it('is a martingale under a fair coin: the next sign changes nothing on average', () => {
    fc.assert(
      fc.property(few, few, (positive, negative) => {
        const now = logSignEvidence(positive, negative);
        const up = logSignEvidence(positive + 1, negative);
        const down = logSignEvidence(positive, negative + 1);
        expect((Math.exp(up - now) + Math.exp(down - now)) / 2).toBeCloseTo(1, 8);
      }),
    );
  });

  it('rises with each positive sign and falls with each negative one', () => {
    fc.assert(
      fc.property(few, few, (positive, negative) => {
        const now = logSignEvidence(positive, negative);
        expect(logSignEvidence(positive + 1, negative)).toBeGreaterThan(now);
        expect(logSignEvidence(positive, negative + 1)).toBeLessThan(now);
      }),
    );
  });

  it.each([
    // 2^n * 2 * (1 - 2^-(n+1)) / (n+1) by hand: 18.1 of 6 signs, 31.9 of 7, 102.3 of 9, 341.3 of 11.
    { alpha: 0.05, signs: 7 },
    { alpha: 0.01, signs: 9 },
    { alpha: 0.005, signs: 11 },
  ])('needs $signs signs of one kind for alpha $alpha', ({ alpha, signs }) => {
    expect(fewestSigns(alpha)).toBe(signs);
  });
});

describe('logMarginEvidence', () => {
  it('is a supermartingale where the mean is the margin, and a martingale at the margin itself', () => {
    fc.assert(
      fc.property(
        counts,
        margins,
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        (at, margin, q) => {
          // Differences of -1 with chance q, of 1 with chance q + margin: the mean is the margin.
          const chanceOfMinus = Math.min(q, (1 - margin) / 2);
          const now = logMarginEvidence(at, margin);
          const step = (key: 'minus' | 'zero' | 'plus') =>
            Math.exp(logMarginEvidence({ ...at, [key]: at[key] + 1 }, margin) - now);
          const mean =
            chanceOfMinus * step('minus') +
            (chanceOfMinus + margin) * step('plus') +
            (1 - 2 * chanceOfMinus - margin) * step('zero');
          expect(mean).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('falls with each error of the replacement alone and rises with each of the original alone', () => {
    fc.assert(
      fc.property(counts, margins, (at, margin) => {
        const now = logMarginEvidence(at, margin);
        expect(logMarginEvidence({ ...at, plus: at.plus + 1 }, margin)).toBeLessThan(now);
        expect(logMarginEvidence({ ...at, minus: at.minus + 1 }, margin)).toBeGreaterThan(now);
      }),
    );
  });

  it('rises with the margin, unless each pair was an error of the replacement alone', () => {
    fc.assert(
      fc.property(counts, margins, (at, margin) => {
        fc.pre(at.minus + at.zero > 0);
        expect(logMarginEvidence(at, margin + 0.01)).toBeGreaterThan(logMarginEvidence(at, margin));
      }),
    );
    const errorsAlone = { minus: 0, zero: 0, plus: 199 };
    expect(logMarginEvidence(errorsAlone, 0.4)).toBe(logMarginEvidence(errorsAlone, 0.1));
  });

  it.each([
    { margin: 0.05, alpha: 0.01 },
    { margin: 0.02, alpha: 0.01 },
    { margin: 0.3, alpha: 0.2 },
  ])('says what is needed at least for margin $margin, alpha $alpha', ({ margin, alpha }) => {
    const needed = fewestAlike(margin, alpha);
    const evidence = (zero: number) => logMarginEvidence({ minus: 0, zero, plus: 0 }, margin);
    expect(evidence(needed)).toBeGreaterThanOrEqual(-Math.log(alpha));
    expect(evidence(needed - 1)).toBeLessThan(-Math.log(alpha));
    // Nobody could know sooner: a release worse by the margin shows none of it with chance (1 - margin)^n.
    expect(needed).toBeGreaterThan(Math.log(alpha) / Math.log(1 - margin));
  });
});

describe('intervals that hold at any time', () => {
  it('hold the difference that was seen', () => {
    fc.assert(
      fc.property(counts, (at) => {
        const pairs = at.minus + at.zero + at.plus;
        fc.pre(pairs > 0);
        const { low, high } = differenceInterval(at, 0.95);
        const seen = (at.plus - at.minus) / pairs;
        expect(low).toBeLessThanOrEqual(seen);
        expect(high).toBeGreaterThanOrEqual(seen);
      }),
    );
  });

  it('mirror when the sides change places', () => {
    fc.assert(
      fc.property(counts, (at) => {
        const one = differenceInterval(at, 0.95);
        const other = differenceInterval({ ...at, minus: at.plus, plus: at.minus }, 0.95);
        expect([other.low, other.high]).toEqual([-one.high, -one.low]);
      }),
    );
  });

  it('know nothing without pairs, and more with more of them', () => {
    expect(differenceInterval({ minus: 0, zero: 0, plus: 0 }, 0.95)).toEqual({ low: -1, high: 1 });
    const width = (times: number) => {
      const { low, high } = differenceInterval(
        { minus: times, zero: 97 * times, plus: 2 * times },
        0.95,
      );
      return high - low;
    };
    expect(width(10)).toBeLessThan(width(2));
    expect(width(100)).toBeLessThan(width(10) / 2);
  });

  it('are somewhat wider than the exact one of a fixed size', () => {
    // 5 of 100: Clopper-Pearson says 1.64 % to 11.28 %; one that may be read after each trial is wider. The ends
    // solve B(6, 96) = 20 p^5 (1-p)^95 (mpmath findroot).
    const { low, high } = anytimeShareInterval(5, 100, 0.95);
    expect(low).toBeCloseTo(0.00657712617, 8);
    expect(high).toBeCloseTo(0.16025887377, 8);
  });

  it.each([
    { successes: 0, trials: 50, low: 0 },
    { successes: 50, trials: 50, high: 1 },
  ])('reach the end when $successes of $trials', ({ successes, trials, low, high }) => {
    const interval = anytimeShareInterval(successes, trials, 0.95);
    if (low !== undefined) expect(interval.low).toBe(low);
    if (high !== undefined) expect(interval.high).toBe(high);
    expect(interval.high - interval.low).toBeLessThan(0.2);
  });

  it('are everything without a trial', () => {
    expect(anytimeShareInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
  });
});
