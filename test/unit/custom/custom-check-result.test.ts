import { describe, expect, it } from 'vitest';
import { parseCustomCheckResult } from '../../../functions/core/custom/custom-check-result.ts';

const sound = { verdict: 'pass', expected: 'a total', observed: '3 cents' };

describe('parseCustomCheckResult', () => {
  it.each([
    sound,
    { ...sound, verdict: 'fail', sentence: 'It is wrong' },
    { ...sound, verdict: 'inconclusive', evidence: { total: 3, fresh: true, id: 'x' } },
    { ...sound, verdict: 'error', sentence: undefined },
  ])('takes %j', (result) => {
    expect(parseCustomCheckResult(result)).toEqual({ ok: true, result });
  });

  it.each([
    [undefined, 'it is missing, expected an object'],
    [null, 'it is null, expected an object'],
    [true, 'it is a boolean, expected an object'],
    [[sound], 'it is a list, expected an object'],
    [{ ...sound, verdict: 'ok' }, '"verdict" is "ok", expected fail, error, inconclusive, pass'],
    [{ expected: 'a', observed: 'b' }, '"verdict" is missing, expected fail, error'],
    [{ ...sound, expected: '' }, '"expected" is "", expected text'],
    [{ ...sound, observed: 3 }, '"observed" is a number, expected text'],
    [{ ...sound, sentence: null }, '"sentence" is null, expected text'],
    [{ ...sound, evidence: ['x'] }, '"evidence" is a list, expected an object'],
    [{ ...sound, evidence: { total: [1] } }, '"evidence.total" is a list, expected text, a number'],
  ])('refuses %j', (value, problem) => {
    const parsed = parseCustomCheckResult(value);
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringContaining(problem)]);
  });

  it('names everything that is wrong', () => {
    const parsed = parseCustomCheckResult({ verdict: 1, evidence: { a: {} } });
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(4);
  });
});
