import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Evidence } from '../../../functions/core/checks/check-result.ts';
import { letThrough } from '../../../functions/core/checks/let-through.ts';
import { verdictsWorstFirst } from '../../../functions/core/verdict/verdict.ts';

const check = (
  name: string,
  verdict: CheckResult['verdict'],
  samples = 1,
  evidence: readonly Evidence[] = [],
): CheckResult => ({
  name,
  type: 'http',
  verdict,
  sentence: `${name}: expected this, got that`,
  expected: 'this',
  observed: 'that',
  samples,
  evidence,
});

const anyCheck = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  verdict: fc.constantFrom(...verdictsWorstFirst),
  samples: fc.nat({ max: 100 }),
});

describe('letThrough', () => {
  it('turns inconclusive into pass, says so, and keeps what the verdict was', () => {
    const result = letThrough(check('a', 'inconclusive'), true);

    expect(result).toEqual({
      ...check('a', 'pass'),
      sentence: 'a: expected this, got that (let through by allowInconclusive)',
      observed: 'that (let through by allowInconclusive)',
      evidence: [
        {
          kind: 'let-through',
          verdict: 'inconclusive',
          sentence: 'a: expected this, got that',
        },
      ],
    });
  });

  it('keeps what was seen before it says that it let the check through', () => {
    const statuses = { kind: 'statuses', counts: { '200': 3 } } as const;

    expect(letThrough(check('a', 'inconclusive', 3, [statuses]), true).evidence).toEqual([
      statuses,
      { kind: 'let-through', verdict: 'inconclusive', sentence: 'a: expected this, got that' },
    ]);
  });

  it.each(['pass', 'fail', 'error'] as const)('leaves %s alone', (verdict) => {
    const result = check('a', verdict);

    expect(letThrough(result, true)).toBe(result);
  });

  it('leaves everything alone unless it is allowed, and does nothing twice', () => {
    fc.assert(
      fc.property(anyCheck, ({ name, verdict, samples }) => {
        const result = check(name, verdict, samples);
        expect(letThrough(result, false)).toBe(result);
        const once = letThrough(result, true);
        expect(letThrough(once, true)).toBe(once);
      }),
    );
  });
});
