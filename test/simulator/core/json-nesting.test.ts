import { describe, expect, it } from 'vitest';
import { jsonNestsDeeperThan } from '../../../simulator/core/json-nesting.ts';

describe('how deeply a JSON text nests', () => {
  it.each([
    ['[[[]]]', 3, false],
    ['[[[]]]', 2, true],
    ['{"a":{"b":[1]}}', 3, false],
    ['{"a":{"b":[1]}}', 2, true],
    // Neighbours are no deeper than each is.
    ['[[],[],[],[],[]]', 2, false],
    // What is quoted nests nothing, whatever is escaped in it.
    ['["[[[[[[[[", "\\"[[[[[", "\\\\"]', 1, false],
    ['["\\\\", [[1]]]', 2, true],
  ])('%s goes beyond %i levels: %s', (text, levels, deeper) => {
    expect(jsonNestsDeeperThan(text, levels)).toBe(deeper);
  });

  it('is told of a million levels without a call for each', () => {
    expect(jsonNestsDeeperThan('['.repeat(1_000_000), 500_000)).toBe(true);
  });
});
