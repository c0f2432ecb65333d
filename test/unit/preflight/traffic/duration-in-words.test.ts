import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationInWords } from '../../../../functions/core/preflight/traffic/duration-in-words.ts';

describe('durationInWords', () => {
  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [124, '2 min 4 s'],
    [3_605, '1 h'],
    [3_900, '1 h 5 min'],
    [172_800, '2 d'],
  ])('says %d as %s', (seconds, words) => {
    expect(durationInWords(seconds)).toBe(words);
  });

  it('never says more than the two largest units', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), (seconds) => {
        expect(durationInWords(seconds)).toMatch(/^\d+ (d|h|min|s)( \d+ (h|min|s))?$/);
      }),
    );
  });
});
