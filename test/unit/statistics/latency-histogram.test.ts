import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRankQuantile } from '../../../functions/core/checks/quantile.ts';
import { LatencyHistogram } from '../../../functions/core/statistics/latency-histogram.ts';

const durations = fc.array(fc.double({ min: 0.02, max: 100_000, noNaN: true }), { minLength: 1 });
const quantiles = fc.double({ min: 0.001, max: 1, noNaN: true });

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('LatencyHistogram', () => {
  it('stays within 1 % of the exact nearest-rank quantile', () => {
    fc.assert(
      fc.property(durations, quantiles, (values, quantile) => {
        const exact = nearestRankQuantile(values, quantile) ?? Number.NaN;
        const approximate = histogramOf(values).quantile(quantile) ?? Number.NaN;
        expect(Math.abs(approximate - exact)).toBeLessThanOrEqual(0.01 * exact);
      }),
    );
  });

  it('merges in any order and grouping to the histogram of all values', () => {
    fc.assert(
      fc.property(durations, durations, durations, (first, second, third) => {
        const all = histogramOf([...first, ...second, ...third]).toJSON();
        const [a, b, c] = [histogramOf(first), histogramOf(second), histogramOf(third)];
        expect(a.merge(b).merge(c).toJSON()).toEqual(all);
        expect(a.merge(b.merge(c)).toJSON()).toEqual(all);
        expect(c.merge(a).merge(b).toJSON()).toEqual(all);
      }),
    );
  });

  it('leaves both histograms as they were when they are merged', () => {
    const left = histogramOf([1, 2]);
    const right = histogramOf([3]);
    left.merge(right);
    expect([left.count, right.count]).toEqual([2, 1]);
    expect(left.quantile(1)).toBe(2);
  });

  it('survives the way through JSON', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const histogram = histogramOf([...values, Number.POSITIVE_INFINITY]);
        const read = LatencyHistogram.from(JSON.parse(JSON.stringify(histogram)));
        expect(read.toJSON()).toEqual(histogram.toJSON());
        expect(read.quantile(0.5)).toBe(histogram.quantile(0.5));
      }),
    );
  });

  it.each([
    { quantile: 0.5, expected: 2 },
    { quantile: 0.75, expected: 3 },
    { quantile: 0.76, expected: Number.POSITIVE_INFINITY },
    { quantile: 1, expected: Number.POSITIVE_INFINITY },
  ])('counts a request without an answer as longer than any, quantile $quantile', (row) => {
    const histogram = histogramOf([3, Number.POSITIVE_INFINITY, 1, 2]);
    expect(histogram.quantile(row.quantile)).toBeCloseTo(row.expected, 1);
    expect([histogram.count, histogram.lost]).toEqual([4, 1]);
  });

  it('returns the greatest value itself at quantile 1, and the least below everything', () => {
    const histogram = histogramOf([7.123, 3.456]);
    expect(histogram.quantile(1)).toBe(7.123);
    expect(histogram.quantile(0.01)).toBeCloseTo(3.456, 1);
    expect(histogramOf([5]).quantile(0.3)).toBe(5);
  });

  it('puts durations of at most 0.01 ms into one bucket without leaving their range', () => {
    const histogram = histogramOf([0, 0.004, 0.004, 0.01]);
    expect(histogram.toJSON()).toEqual({ buckets: [[0, 4]], lost: 0, minMs: 0, maxMs: 0.01 });
    expect(histogramOf([0.001, 0.002]).quantile(0.5)).toBe(0.002);
  });

  it('is plain data with the buckets, least and greatest value, and what was lost', () => {
    const lost = Number.POSITIVE_INFINITY;
    const data = {
      buckets: [
        [10, 2],
        [100, 1],
      ],
      lost: 1,
      minMs: 0.01 * 1.02 ** 10,
      maxMs: 0.0724,
    };
    // The end of the 10th bucket belongs to it: 0.01 * 1.02^10. 0.0724 lies below 0.01 * 1.02^100 = 0.07245.
    const histogram = histogramOf([data.minMs, data.maxMs, lost, data.minMs]);
    expect(histogram.toJSON()).toEqual(data);
    expect(histogram.merge(histogramOf([lost, lost])).lost).toBe(3);
  });

  it('goes on from an empty one that was read back', () => {
    const histogram = LatencyHistogram.from(new LatencyHistogram().toJSON());
    histogram.record(5);
    expect(histogram.toJSON()).toMatchObject({ minMs: 5, maxMs: 5 });
    expect(histogramOf([0.001, 0.002, 0.01]).quantile(0.5)).toBe(0.01);
  });

  it('has no quantile when nothing was recorded', () => {
    expect(new LatencyHistogram().quantile(0.5)).toBeUndefined();
    const merged = new LatencyHistogram().merge(histogramOf([4]));
    expect([merged.count, merged.quantile(0.5)]).toEqual([1, 4]);
    expect(new LatencyHistogram().toJSON()).toEqual({ buckets: [], lost: 0, minMs: 0, maxMs: 0 });
  });

  it.each([-1, Number.NaN])('refuses a duration of %s', (value) => {
    expect(() => new LatencyHistogram().record(value)).toThrow(
      `Cannot record a duration of ${value} ms, need 0 or more`,
    );
  });

  it.each([0, -0.5, 1.01, Number.NaN])('refuses quantile %s', (value) => {
    expect(() => histogramOf([1]).quantile(value)).toThrow(
      `Cannot take quantile ${value}, need more than 0 and at most 1`,
    );
  });
});
