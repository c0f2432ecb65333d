import { describe, expect, it } from 'vitest';
import {
  anytimeShareInterval,
  differenceInterval,
} from '../../../functions/core/statistics/anytime-intervals.ts';
import {
  fewestAlike,
  logMarginEvidence,
} from '../../../functions/core/statistics/margin-process.ts';
import { fewestSigns } from '../../../functions/core/statistics/sign-process.ts';
import anytimeShares from './vectors/anytime-share.json' with { type: 'json' };
import differenceIntervals from './vectors/difference-interval.json' with { type: 'json' };
import fewest from './vectors/fewest-alike.json' with { type: 'json' };
import marginEvidence from './vectors/margin-evidence.json' with { type: 'json' };

/** Within rounding: relative where the value is great, absolute near 0. */
function expectNear(observed: number, expected: number): void {
  expect(Math.abs(observed - expected)).toBeLessThanOrEqual(
    1e-11 * Math.max(1, Math.abs(expected)),
  );
}

// How the vectors were made: vectors/make-vectors.py (mpmath 1.3.0, 50 digits), by multiplying what each bet pays.
describe('logMarginEvidence against mpmath', () => {
  it.each(marginEvidence)('$minus, $zero, $plus at $margin: $log', ({ margin, log, ...counts }) => {
    expectNear(logMarginEvidence(counts, margin), log);
  });
});

describe('fewestAlike against mpmath', () => {
  it.each(fewest)('margin $margin, alpha $alpha: $pairs', ({ margin, alpha, pairs }) => {
    expect(fewestAlike(margin, alpha)).toBe(pairs);
  });
});

describe('fewestSigns', () => {
  it('is one where no evidence is asked for', () => {
    expect(fewestSigns(1)).toBe(1);
  });
});

describe('differenceInterval against mpmath', () => {
  it.each(differenceIntervals)('$minus, $zero, $plus at $confidence', (row) => {
    const { low, high } = differenceInterval(row, row.confidence);
    expectNear(low, row.low);
    expectNear(high, row.high);
  });
});

describe('anytimeShareInterval against mpmath', () => {
  it.each(anytimeShares)('$successes of $trials at $confidence', (row) => {
    const { low, high } = anytimeShareInterval(row.successes, row.trials, row.confidence);
    expectNear(low, row.low);
    expectNear(high, row.high);
  });
});
