import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonPath, readJsonPath } from '../../../functions/core/checks/json-path.ts';
import { InvalidConfigError } from '../../../functions/core/errors.ts';

const document = {
  status: 'UP',
  'content-type': 'json',
  'a.b': 1,
  "it's": 2,
  empty: null,
  numbered: { 7: 'seven' },
  products: [{ name: 'tea', tags: ['hot', 'green'] }],
};

describe('readJsonPath', () => {
  it.each([
    ['$', document],
    ['$.status', 'UP'],
    ['$.content-type', 'json'],
    ["$['a.b']", 1],
    [`$["it's"]`, 2],
    ['$.empty', null],
    ['$.products[0].name', 'tea'],
    [`$["products"][0]['tags'][1]`, 'green'],
    ['$.products[1].name', undefined],
    ['$.status.length', undefined],
    ['$.products.length', undefined],
    ['$.products.name', undefined],
    ['$[0]', undefined],
    ['$.constructor', undefined],
    ['$.missing.deeper', undefined],
    ['$.empty.deeper', undefined],
    // A member is no element, whatever its name, and a quoted name is no position.
    ['$.numbered[7]', undefined],
    [`$.numbered["7"]`, 'seven'],
    [`$.products["0"]`, undefined],
  ])('reads %s', (path, expected) => {
    expect(readJsonPath(document, path)).toEqual(expected);
  });

  it('refuses a malformed path with the place where it breaks', () => {
    expect(() => readJsonPath(document, '$.products[*].name')).toThrow(
      new InvalidConfigError(
        `JSON path "$.products[*].name" cannot be read at "[*].name" (character 11), expected .member, [0] or ['member']`,
      ),
    );
  });

  it('reads back any value at the path that was built for it', () => {
    const names = fc.string({ minLength: 1 }).filter((name) => !name.includes('"'));
    fc.assert(
      fc.property(fc.array(fc.oneof(names, fc.nat({ max: 5 }))), fc.jsonValue(), (steps, leaf) => {
        const path = steps.reduce<string>(
          (text, step) => `${text}[${typeof step === 'number' ? step : `"${step}"`}]`,
          '$',
        );
        const value = steps.reduceRight<unknown>((inner, step) => {
          if (typeof step === 'number') return [...Array(step).fill('other'), inner];
          return Object.fromEntries([[step, inner]]);
        }, leaf);
        expect(parseJsonPath(path)).toEqual({ ok: true, steps });
        expect(readJsonPath(value, path)).toEqual(leaf);
      }),
    );
  });
});

describe('parseJsonPath', () => {
  it.each([
    ['', '"" cannot be read at its end (character 1), expected $'],
    ['a', '"a" cannot be read at "a" (character 1), expected $'],
    ['$.', `"$." cannot be read at "." (character 2), expected .member, [0] or ['member']`],
  ])('says of %j what it expected and where', (path, message) => {
    expect(parseJsonPath(path)).toEqual({ ok: false, message });
  });

  it.each([
    ['', 1],
    ['status', 1],
    ['$status', 2],
    ['$.', 2],
    ['$..a', 2],
    ['$.a[', 4],
    ['$.a[-1]', 4],
    ['$.a[01]', 4],
    ['$.a[0:2]', 4],
    ["$.a['b]", 4],
    ['$.a b', 4],
  ])('refuses %j at character %i', (path, character) => {
    expect(parseJsonPath(path)).toEqual({
      ok: false,
      message: expect.stringContaining(`(character ${character})`),
    });
  });
});
