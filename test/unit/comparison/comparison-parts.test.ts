import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { fewestPairs } from '../../../functions/core/comparison/fewest-pairs.ts';
import { OrderedPairs } from '../../../functions/core/comparison/ordered-pairs.ts';
import { PathAllocation } from '../../../functions/core/comparison/path-allocation.ts';
import {
  calibrationPairs,
  RecentThresholds,
} from '../../../functions/core/comparison/recent-thresholds.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';
import { bad, comparison, good, latency, pair } from './settings.ts';

describe('OrderedPairs', () => {
  it('hands on in the order of sending whatever the order of the answers', () => {
    const numbers = Array.from({ length: 12 }, (_, at) => at);
    fc.assert(
      fc.property(fc.shuffledSubarray(numbers, { minLength: 12 }), (order) => {
        const ordered = new OrderedPairs<number>();
        expect(order.flatMap((number) => ordered.add(number, number))).toEqual(numbers);
      }),
    );
  });

  it('holds back what follows a pair that has no answer yet', () => {
    const ordered = new OrderedPairs<string>();
    expect(ordered.add(1, 'b')).toEqual([]);
    expect(ordered.add(0, 'a')).toEqual(['a', 'b']);
    expect(ordered.add(3, 'd')).toEqual([]);
  });
});

describe('PathAllocation', () => {
  it('keeps the weights in any stretch of pairs, to within one pair', () => {
    const weights = [5, 3, 2];
    const allocation = new PathAllocation(weights);
    const asked = [0, 0, 0];
    for (let at = 1; at <= 200; at++) {
      const path = allocation.next(() => true) ?? -1;
      asked[path] = (asked[path] ?? 0) + 1;
      weights.forEach((weight, index) => {
        expect(Math.abs((asked[index] ?? 0) - (at * weight) / 10)).toBeLessThan(1);
      });
    }
    expect(asked).toEqual([100, 60, 40]);
  });

  it('skips paths that are closed, and knows none when all are', () => {
    const allocation = new PathAllocation([1, 100]);
    expect([1, 2, 3].map(() => allocation.next((path) => path === 0))).toEqual([0, 0, 0]);
    expect(allocation.next(() => false)).toBeUndefined();
  });
});

describe('RecentThresholds', () => {
  function fed(pairs: number, valueAt: (at: number) => number): RecentThresholds {
    const thresholds = new RecentThresholds([0.5, 0.9]);
    for (let at = 0; at < pairs; at++) thresholds.add(valueAt(at), valueAt(at));
    return thresholds;
  }

  it('has none before it has seen 32 pairs', () => {
    expect(fed(calibrationPairs - 1, (at) => at).current).toBeUndefined();
    // Twice each of 0 to 31: the 32nd and the 58th of 64 values.
    expect(fed(calibrationPairs, (at) => at).current).toEqual([15, 28]);
  });

  it('reads both sides of each pair', () => {
    const thresholds = new RecentThresholds([0.5, 0.9]);
    for (let at = 0; at < 32; at++) thresholds.add(at, 1_000 + at);
    // 0 to 31 and 1,000 to 1,031: the 32nd and the 58th.
    expect(thresholds.current).toEqual([31, 1_025]);
  });

  it('does not change with the pair that it is asked for, only with earlier ones', () => {
    const thresholds = fed(33, (at) => at);
    const before = thresholds.current;
    thresholds.add(1_000_000, 1_000_000);
    expect(thresholds.current).toEqual(before);
  });

  it('forgets what is older than 128 pairs', () => {
    expect(fed(32 + 128, (at) => (at < 32 ? 1_000 : 7)).current).toEqual([7, 7]);
  });

  it('stays a time that somebody took when most got no answer', () => {
    const mostlyLost = fed(48, (at) => (at % 4 === 0 ? 60 : Number.POSITIVE_INFINITY));
    expect(mostlyLost.current).toEqual([60, 60]);
    expect(fed(48, () => Number.POSITIVE_INFINITY).current).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('seededRandom', () => {
  it('repeats itself for the same seed and differs for others', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw('d-1')).toEqual(draw('d-1'));
    expect(draw('d-1')).not.toEqual(draw('d-2'));
  });

  // The same generator written in Python with integers of 32 bits (sfc32, FNV-1a over UTF-16 units, 12 discarded).
  it.each([
    { seed: 'd-1', first: [1538034775, 119748331, 2773656550, 3325374235], thousandth: 2819565271 },
    { seed: '', first: [3647733752, 20838386, 1383433744, 3005607787], thousandth: 237118920 },
    {
      seed: 'greengate €',
      first: [2500171784, 3844043458, 3598173175, 2905492045],
      thousandth: 793360250,
    },
  ])('is sfc32, seed "$seed"', ({ seed, first, thousandth }) => {
    const drawn = Array.from({ length: 1_000 }, seededRandom(seed)).map((value) => value * 2 ** 32);
    expect(drawn.slice(0, 4)).toEqual(first);
    expect(drawn[999]).toBe(thousandth);
  });

  it('is uniform: ten bins of 10,000 numbers are even', () => {
    const values = Array.from({ length: 10_000 }, seededRandom('even'));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of values) {
      const bin = Math.floor(10 * value);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    // The 0.999 quantile of chi-square with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });
});

describe('fewestPairs', () => {
  it.each([
    { name: 'errors alone', changes: {} },
    { name: 'a warm-up', changes: { warmUpPairs: 40 } },
    { name: 'sharper bounds', changes: { falseAlarm: 1e-4, errorShare: { detect: 0.01 } } },
    {
      name: 'three paths',
      changes: { paths: ['a', 'b', 'c'].map((name) => ({ name, weight: 1 })) },
    },
  ])('is what the judge itself needs at least, with $name', ({ changes }) => {
    const settings = comparison({ ...changes, pairs: 20_000 });
    const { toFail, toPass } = fewestPairs(settings);
    const observed = (replacement: typeof good) => {
      const judge = new ComparisonJudge(settings);
      while (judge.state === 'running') judge.observe(pair(good, replacement, judge.nextPath()));
      return judge.observed;
    };
    expect(toFail).toBe(observed(bad));
    expect(toPass).toBe(observed(good));
  });

  it.each([
    // After 32 pairs 9 groups for alpha 0.01, of 16 pairs or as many as hold a slow one: 1 / (2 * 2.5 * (1 - q)).
    { quantile: 0.95, pairs: 32 + 9 * 16 },
    { quantile: 0.99, pairs: 32 + 9 * 20 },
  ])('asks for more pairs the further out the quantile $quantile lies', ({ quantile, pairs }) => {
    const settings = comparison({ latency: { ...latency, quantile }, errorShare: { detect: 0.5 } });
    expect(fewestPairs(settings).toPass).toBe(pairs);
  });
});
