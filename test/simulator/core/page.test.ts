import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../simulator/core/page.ts';

const refuse = (token: string) => new RangeError(`not ours: ${token}`);

describe('pageOf', () => {
  it('gives every item exactly once, in order, whatever the page size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (items, size) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const page = pageOf(items, { token, size, refuse });
          expect(page.items.length).toBeLessThanOrEqual(size);
          seen.push(...page.items);
          token = page.next;
        } while (token !== undefined);
        expect(seen).toEqual(items);
      }),
    );
  });

  it('has no next page exactly at the end', () => {
    expect(pageOf([1, 2], { token: undefined, size: 2, refuse }).next).toBeUndefined();
    expect(pageOf([1, 2, 3], { token: undefined, size: 2, refuse }).next).toBeTypeOf('string');
  });

  it('takes an empty token for the first page, as clients send it', () => {
    expect(pageOf([1], { token: '', size: 2, refuse }).items).toEqual([1]);
  });

  it('gives an empty rest when the list became shorter meanwhile', () => {
    const { next } = pageOf([1, 2, 3], { token: undefined, size: 2, refuse });
    expect(pageOf([1], { token: next, size: 2, refuse }).items).toEqual([]);
  });

  it.each([
    '2',
    'abc',
    Buffer.from('page:-1').toString('base64url'),
    Buffer.from('page:').toString('base64url'),
  ])('refuses the foreign token %s with the error of the service', (token) => {
    expect(() => pageOf([1, 2, 3], { token, size: 2, refuse })).toThrow(`not ours: ${token}`);
  });
});
