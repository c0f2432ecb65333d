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
