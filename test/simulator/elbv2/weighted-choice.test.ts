import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawWeighted, WeightedChoice } from '../../../simulator/elbv2/weighted-choice.ts';

function count(weights: readonly number[], picks: number): number[] {
  const choice = new WeightedChoice(weights.map((weight, item) => ({ item, weight })));
  const counts = weights.map(() => 0);
  for (let pick = 0; pick < picks; pick++) {
    const item = choice.next();
    if (item !== undefined) counts[item] = (counts[item] ?? 0) + 1;
  }
  return counts;
}

describe('WeightedChoice', () => {
  it.each([
    { weights: [90, 10], picks: 10, counts: [9, 1] },
    { weights: [90, 10], picks: 1_000, counts: [900, 100] },
    { weights: [100, 0], picks: 50, counts: [50, 0] },
    { weights: [1, 1, 2], picks: 8, counts: [2, 2, 4] },
    { weights: [7], picks: 3, counts: [3] },
  ])('picks $counts of $picks at weights $weights', ({ weights, picks, counts }) => {
    expect(count(weights, picks)).toEqual(counts);
  });

  it('picks nothing when every weight is 0', () => {
    expect(new WeightedChoice([{ item: 'a', weight: 0 }]).next()).toBeUndefined();
  });

  it('is exact over every whole round of any weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(weights, (drawn) => {
        const total = drawn.reduce((sum, weight) => sum + weight, 0);
        expect(count(drawn, total)).toEqual(drawn);
      }),
      { numRuns: 30 },
    );
  });
});

describe('drawWeighted', () => {
  const items = [
    { name: 'none', weight: 0 },
    { name: 'most', weight: 90 },
    { name: 'few', weight: 10 },
  ];
  it.each([
    [0, 'most'],
    [0.899, 'most'],
    [0.9, 'few'],
    [0.999, 'few'],
  ])('a draw of %d is %s', (draw, name) => {
    expect(drawWeighted(items, draw)?.name).toBe(name);
  });

  it('draws nothing when every weight is 0', () => {
    expect(drawWeighted([{ weight: 0 }], 0)).toBeUndefined();
  });
});
