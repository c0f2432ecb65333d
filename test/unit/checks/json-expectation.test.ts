import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type JsonExpectation,
  judgeJsonExpectation,
} from '../../../functions/core/checks/json-expectation.ts';

const judge = (value: unknown, rules: JsonExpectation) =>
  judgeJsonExpectation({ it: value }, '$.it', rules);

describe('judgeJsonExpectation', () => {
  it.each<[unknown, JsonExpectation]>([
    ['😀', { matches: '^.$' }],
    [5, { atLeast: 5, atMost: 5 }],
    [[], { maxLength: 0 }],
    ['ab', { contains: '' }],
    [[null], { contains: null }],
  ])('%j meets %j', (value, rules) => {
    expect(judge(value, rules)).toBe(undefined);
  });

  it.each<[unknown, JsonExpectation, string, string]>([
    // A number is no text, although it could be turned into one.
    [5, { matches: '5' }, 'to match /5/', '5'],
    ['ab', { matches: '^b' }, 'to match /^b/', '"ab"'],
    ['10', { atLeast: 1 }, 'to be at least 1', '"10"'],
    [4, { atLeast: 5 }, 'to be at least 5', '4'],
    [6, { atMost: 5 }, 'to be at most 5', '6'],
    [{}, { minLength: 0 }, 'to have at least length 0', '{} of no length'],
    [7, { maxLength: 9 }, 'to have at most length 9', '7 of no length'],
    ['abc', { maxLength: 2 }, 'to have at most length 2', '"abc" of length 3'],
    ['a1', { contains: 1 }, 'to contain 1', '"a1"'],
    ['null', { contains: null }, 'to contain null', '"null"'],
    ['ab', { contains: 'c' }, 'to contain "c"', '"ab"'],
    ['a', { type: 'string', matches: 'b' }, 'to be of type string and match /b/', '"a"'],
  ])('%j misses %j', (value, rules, expected, observed) => {
    expect(judge(value, rules)).toEqual({ expected: `$.it ${expected}`, observed });
  });

  it('puts nothing in the place of a mask that was not given', () => {
    expect(judgeJsonExpectation({ it: 'x' }, '$.it', 'y')).toEqual({
      expected: '$.it to be "y"',
      observed: '"x"',
    });
  });

  it('meets a value that is expected to be itself, and never one to be something else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(judge(value, { equals: value } as JsonExpectation)).toBe(undefined);
        expect(judge(value, { notEquals: value } as JsonExpectation)?.expected).toBe(
          `$.it to not be ${JSON.stringify(value)}`,
        );
      }),
    );
  });

  it('meets either a bound or its opposite', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (value, bound) => {
        expect(judge(value, { above: bound }) === undefined).toBe(
          judge(value, { atMost: bound }) !== undefined,
        );
        expect(judge(value, { below: bound }) === undefined).toBe(
          judge(value, { atLeast: bound }) !== undefined,
        );
      }),
    );
  });
});
