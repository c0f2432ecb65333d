import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameJson } from '../../../functions/core/checks/same-json.ts';

describe('sameJson', () => {
  it.each([
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, {}, false],
    [{}, [], false],
    [[1, 2], [2, 1], false],
    [[1], [1, 1], false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ toString: 1 }, {}, false],
    ['ab', { 0: 'a', 1: 'b' }, false],
    [[1], { 0: 1, length: 1 }, false],
  ])('of %j and %j is %s', (left, right, same) => {
    expect(sameJson(left, right)).toBe(same);
    expect(sameJson(right, left)).toBe(same);
  });

  it('holds for a copy whose members stand in another order', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sameJson(value, reversed(JSON.parse(JSON.stringify(value))))).toBe(true);
      }),
    );
  });
});
