import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../functions/core/checks/check-result.ts';
import { letThrough } from '../../../functions/core/checks/let-through.ts';
import { combineChecks } from '../../../functions/core/verdict/combine-checks.ts';
import { verdictsWorstFirst } from '../../../functions/core/verdict/verdict.ts';

const check = (name: string, verdict: CheckResult['verdict'], samples = 1): CheckResult => ({
  name,
  type: 'http',
  verdict,
  sentence: `${name}: expected this, got that`,
  expected: 'this',
  observed: 'that',
  samples,
  evidence: [],
});

const anyCheck = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  verdict: fc.constantFrom(...verdictsWorstFirst),
  samples: fc.nat({ max: 100 }),
});
const anyChecks = fc
  .array(anyCheck, { maxLength: 8 })
  .map((all) => all.map(({ name, verdict, samples }) => check(name, verdict, samples)));

describe('laws of combining checks', () => {
  it('passes only if every check passes, and at least one is there', () => {
    fc.assert(
      fc.property(anyChecks, (checks) => {
        const passes = checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass');
        expect(combineChecks(checks).verdict === 'pass').toBe(passes);
      }),
    );
  });

  it('gets no better by a further check, whichever it is and wherever it stands', () => {
    fc.assert(
      fc.property(anyChecks, anyCheck, fc.nat(), (checks, { name, verdict, samples }, at) => {
        fc.pre(checks.length > 0);
        const more = checks.toSpliced(at % (checks.length + 1), 0, check(name, verdict, samples));
        const rank = (all: readonly CheckResult[]) =>
          verdictsWorstFirst.indexOf(combineChecks(all).verdict);
        expect(rank(more)).toBeLessThanOrEqual(rank(checks));
      }),
    );
  });

  it('quotes a check that has the verdict', () => {
    fc.assert(
      fc.property(anyChecks, (checks) => {
        const { verdict, sentence } = combineChecks(checks);
        fc.pre(checks.length > 0 && verdict !== 'pass');
        const decisive = checks.find((one) => one.verdict === verdict);
        expect(sentence.startsWith(decisive?.sentence ?? 'none')).toBe(true);
      }),
    );
  });
});

describe('combineChecks', () => {
  it('without checks is inconclusive and says so', () => {
    expect(combineChecks([])).toEqual({
      verdict: 'inconclusive',
      sentence: 'No check gave any evidence',
    });
  });

  it('with all checks passing counts checks and samples', () => {
    expect(combineChecks([check('a', 'pass', 20), check('b', 'pass', 3)])).toEqual({
      verdict: 'pass',
      sentence: 'All 2 checks passed on 23 samples',
    });
  });

  it('names what passed only because it was let through', () => {
    const unjudged = letThrough(check('b', 'inconclusive', 0), true);

    expect(combineChecks([check('a', 'pass', 20), unjudged])).toEqual({
      verdict: 'pass',
      sentence: 'All 2 checks passed on 20 samples, although nothing could judge b',
    });
  });

  it('quotes the first check with the worst verdict and names the others', () => {
    const checks = [
      check('a', 'inconclusive'),
      check('b', 'fail'),
      check('c', 'error'),
      check('d', 'fail'),
    ];

    expect(combineChecks(checks)).toEqual({
      verdict: 'fail',
      sentence: 'b: expected this, got that (and 1 more: d)',
    });
  });
});
