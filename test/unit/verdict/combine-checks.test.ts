import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../functions/core/checks/check-result.ts';
import { combineChecks } from '../../../functions/core/verdict/combine-checks.ts';

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
