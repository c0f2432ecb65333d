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
