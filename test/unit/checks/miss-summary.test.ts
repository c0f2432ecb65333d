import { describe, expect, it } from 'vitest';
import { brokenCheck } from '../../../functions/core/checks/check-result.ts';
import { summarizeMisses } from '../../../functions/core/checks/miss-summary.ts';

const outcome = (number: number, ...misses: [string, string][]) => ({
  number,
  latencyMs: 1,
  misses: misses.map(([expected, observed]) => ({ expected, observed })),
});

describe('summarizeMisses', () => {
  it('names the three most frequent kinds, the most frequent first', () => {
    const outcomes = [
      outcome(1, ['rare', 'a'], ['often', 'b'], ['sometimes', 'c']),
      outcome(2, ['often', 'b'], ['sometimes', 'c'], ['most', 'd']),
      outcome(3, ['often', 'b'], ['most', 'd']),
      outcome(5, ['most', 'd']),
      outcome(6, ['most', 'd']),
    ];

    expect(summarizeMisses(outcomes, 'responses', 9)).toEqual({
      expected: 'most; often; sometimes',
      observed:
        'd in 4 of 9 responses, first in number 2; b in 3 of 9 responses, first in number 1; c in 2 of 9 responses, first in number 1',
      sentence:
        'most, got d in 4 of 9 responses, first in number 2; often, got b in 3 of 9 responses, first in number 1; sometimes, got c in 2 of 9 responses, first in number 1',
    });
  });

  it('names the first by its number, in whatever order they ended', () => {
    const outcomes = [outcome(7, ['x', 'a']), outcome(4, ['x', 'a'])];

    expect(summarizeMisses(outcomes, 'runs', 9).observed).toBe(
      'a in 2 of 9 runs, first in number 4',
    );
  });

  it.each([
    [['a', 'b', 'b'], 'b or a'],
    [['a', 'b', 'c', 'c'], 'c or a or b'],
    [['a', 'b', 'c', 'd', 'd'], 'd or a or b and 1 others'],
    [['a', 'b', 'c', 'd', 'e', 'e', 'b', 'e'], 'e or b or a and 2 others'],
  ])('names the three most frequent of what was seen: %j', (seen, words) => {
    const outcomes = seen.map((observed, at) => outcome(at + 1, ['x', observed]));

    expect(summarizeMisses(outcomes, 'exchanges', seen.length).sentence).toBe(
      `x, got ${words} in ${seen.length} of ${seen.length} exchanges`,
    );
  });
});

describe('brokenCheck', () => {
  it('is an error without samples that says what went wrong', () => {
    expect(brokenCheck('login', 'flow', 'AccessDenied for secret pw')).toEqual({
      name: 'login',
      type: 'flow',
      verdict: 'error',
      sentence: 'login: AccessDenied for secret pw',
      expected: 'to carry out the check',
      observed: 'AccessDenied for secret pw',
      samples: 0,
      evidence: [],
    });
  });
});
