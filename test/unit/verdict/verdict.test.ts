import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hookStatusOf,
  type Verdict,
  verdictsWorstFirst,
  worstVerdict,
} from '../../../functions/core/verdict/verdict.ts';

const verdict = fc.constantFrom(...verdictsWorstFirst);
const verdicts = fc.array(verdict, { maxLength: 6 });

describe('worstVerdict', () => {
  it.each<[Verdict[], Verdict]>([
    [[], 'inconclusive'],
    [['pass'], 'pass'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'error'], 'error'],
    [['error', 'pass', 'fail'], 'fail'],
  ])('of %j is %s', (given, worst) => {
    expect(worstVerdict(given)).toBe(worst);
  });

  it('is one of those given, and none of them is worse', () => {
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1 }), (given) => {
        const worst = worstVerdict(given);
        expect(given).toContain(worst);
        expect(verdictsWorstFirst.indexOf(worst)).toBe(
          Math.min(...given.map((one) => verdictsWorstFirst.indexOf(one))),
        );
      }),
    );
  });

  it('of two is associative, commutative and idempotent, with pass for neutral and fail for zero', () => {
    const both = (left: Verdict, right: Verdict) => worstVerdict([left, right]);
    for (const a of verdictsWorstFirst) {
      expect([both(a, a), both(a, 'pass'), both(a, 'fail')]).toEqual([a, a, 'fail']);
      for (const b of verdictsWorstFirst) {
        expect(both(a, b)).toBe(both(b, a));
        for (const c of verdictsWorstFirst) {
          expect(both(both(a, b), c)).toBe(both(a, both(b, c)));
        }
      }
    }
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(worstVerdict([...given].reverse())).toBe(worstVerdict(given));
      }),
    );
  });

  it('of a whole is the worst of its parts', () => {
    fc.assert(
      fc.property(
        fc.array(verdict, { minLength: 1 }),
        fc.array(verdict, { minLength: 1 }),
        (left, right) => {
          expect(worstVerdict([worstVerdict(left), worstVerdict(right)])).toBe(
            worstVerdict([...left, ...right]),
          );
        },
      ),
    );
  });

  it('is pass only when there is evidence and all of it passes', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        const allPass = given.length > 0 && given.every((one) => one === 'pass');
        expect(worstVerdict(given) === 'pass').toBe(allPass);
      }),
    );
  });
});

describe('hookStatusOf', () => {
  it.each<[Verdict, string]>([
    ['pass', 'Succeeded'],
    ['fail', 'Failed'],
    ['inconclusive', 'Failed'],
    ['error', 'Failed'],
  ])('of %s is %s', (given, status) => {
    expect(hookStatusOf(given)).toBe(status);
  });
});
