import { describe, expect, it } from 'vitest';
import {
  expressionNestsTooDeeply,
  jsonNestsDeeperThan,
} from '../../../simulator/core/json-nesting.ts';

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

describe('how deeply the brackets of an expression nest', () => {
  const nested = (levels: number, leaf = '') => '('.repeat(levels) + leaf + ')'.repeat(levels);
  it.each([
    ['500 levels', nested(500), false],
    ['501 levels', nested(501), true],
    ['brackets of every kind', '([{'.repeat(167), true],
    ['neighbours', '[1]'.repeat(501), false],
    ['brackets in quotes', `"${'['.repeat(501)}" & '${'('.repeat(501)}'`, false],
    ['brackets behind an escaped quote', `"\\"" & ${nested(501)}`, true],
  ])('%s', (_, text, deep) => {
    expect(expressionNestsTooDeeply(text)).toBe(deep);
  });
});
