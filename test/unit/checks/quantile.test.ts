import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRankQuantile } from '../../../functions/core/checks/quantile.ts';

describe('nearestRankQuantile', () => {
  // R: quantile(c(15, 20, 35, 40, 50), q, type = 1)
  it.each([
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [1, 50],
  ])('of five values at %d is %d, as type 1 in R', (quantile, expected) => {
    expect(nearestRankQuantile([50, 15, 40, 20, 35], quantile)).toBe(expected);
  });

  it('is not pushed one rank up by floating point', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);

    expect(nearestRankQuantile(values, 0.07)).toBe(7);
  });

  it('of nothing is undefined', () => {
    expect(nearestRankQuantile([], 0.5)).toBeUndefined();
  });

  it('is a value that at least the share of all values does not exceed', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (given, percent) => {
        const found = nearestRankQuantile(given, percent / 100);
        const atMost = given.filter((value) => value <= (found ?? -1)).length;
        const below = given.filter((value) => value < (found ?? -1)).length;
        expect(given).toContain(found);
        expect(atMost * 100).toBeGreaterThanOrEqual(percent * given.length);
        expect(below * 100).toBeLessThan(percent * given.length);
      }),
    );
  });
});
