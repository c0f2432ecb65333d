import { describe, expect, it } from 'vitest';
import {
  type AnyTextExpectation,
  describeTextExpectation,
  meetsTextExpectation,
} from '../../../functions/core/checks/text-expectation.ts';

describe('meetsTextExpectation', () => {
  it.each<[AnyTextExpectation, string, boolean]>([
    ['shop', 'shop', true],
    ['shop', 'a shop', false],
    [{ equals: 'shop' }, 'shop', true],
    [{ equals: 'shop' }, 'a shop', false],
    [{ contains: 'shop' }, 'a shop', true],
    [{ notContains: 'shop' }, 'a shop', false],
    // What is not given forbids nothing, not even its own name.
    [{ contains: 'undefined' }, 'undefined', true],
    [{ matches: '^sh.p$' }, 'shop', true],
    [{ matches: '^sh.p$' }, 'a shop', false],
    // Characters, not UTF-16 units.
    [{ matches: '^.$' }, '😀', true],
    [{ equals: 'shop', contains: 'shop', notContains: 'x', matches: 's' }, 'shop', true],
    [{ equals: 'shop', contains: 'x' }, 'shop', false],
  ])('%j on %j is %s', (expectation, text, meets) => {
    expect(meetsTextExpectation(expectation, text)).toBe(meets);
  });
});

describe('describeTextExpectation', () => {
  it.each<[AnyTextExpectation, string]>([
    ['a "b"', 'to be "a \\"b\\""'],
    [{ equals: 'a' }, 'to be "a"'],
    [{ contains: 'a' }, 'to contain "a"'],
    [{ notContains: 'a' }, 'to not contain "a"'],
    [{ matches: 'a+' }, 'to match /a+/'],
    [{ contains: 'a', matches: 'b' }, 'to contain "a" and match /b/'],
    [{ exists: true }, 'to be there'],
  ])('puts %j into words: %s', (expectation, words) => {
    expect(describeTextExpectation(expectation)).toBe(words);
  });
});
