import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../functions/core/checks/check-result.ts';
import { maskResult } from '../../../functions/core/checks/mask-result.ts';
import { maskOf } from '../../../functions/core/probe/mask.ts';

const result = (changes: Partial<CheckResult>): CheckResult => ({
  name: 'login',
  type: 'compare',
  verdict: 'pass',
  sentence: 'GET /: compare and pass',
  expected: 'compare',
  observed: 'pass',
  samples: 3,
  evidence: [],
  ...changes,
});

describe('maskResult', () => {
  it('masks what was said and leaves verdict and type, whatever the secret reads', () => {
    const mask = maskOf({ 'secrets.a': 'pass', 'secrets.b': 'compare' });
    expect(maskResult(result({}), mask)).toEqual(
      result({
        sentence: `GET /: \${secrets.b} and \${secrets.a}`,
        expected: `\${secrets.b}`,
        observed: `\${secrets.a}`,
      }),
    );
  });

  it('says it in one plain line, whatever a service or a check of the user’s own put there', () => {
    const said = 'a\u001b[31mred\u001b[0m\nVerdict: pass\u202e';
    expect(maskResult(result({ sentence: said, observed: said }), maskOf({}))).toMatchObject({
      sentence: 'ared Verdict: pass ',
      observed: 'ared Verdict: pass ',
    });
  });

  it('masks evidence and leaves its kind and verdict', () => {
    const mask = maskOf({ 'secrets.a': 'let-through', 'secrets.b': 'inconclusive' });
    const evidence = [
      { kind: 'let-through', verdict: 'inconclusive', sentence: 'inconclusive: let-through' },
    ] as const;
    expect(maskResult(result({ evidence }), mask).evidence).toEqual([
      {
        kind: 'let-through',
        verdict: 'inconclusive',
        sentence: `\${secrets.b}: \${secrets.a}`,
      },
    ]);
  });
});
