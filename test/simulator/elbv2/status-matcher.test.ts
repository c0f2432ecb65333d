import { describe, expect, it } from 'vitest';
import { statusMatcher } from '../../../simulator/elbv2/status-matcher.ts';

describe('statusMatcher', () => {
  it.each([
    { matcher: '200', matching: [200], others: [201, 302] },
    { matcher: '200,202', matching: [200, 202], others: [201] },
    { matcher: '200-299', matching: [200, 250, 299], others: [300, 199] },
    { matcher: '200-204, 301', matching: [203, 301], others: [205] },
  ])('$matcher takes $matching and not $others', ({ matcher, matching, others }) => {
    const matches = statusMatcher(matcher);
    expect([...matching, ...others].filter(matches)).toEqual(matching);
  });

  it.each(['', 'ok', '100', '500', '299-200', '200,'])('refuses "%s"', (matcher) => {
    expect(() => statusMatcher(matcher)).toThrow("must be within '200-499'");
  });
});
