import { describe, expect, it } from 'vitest';
import { explainExecutionEnd } from '../../../functions/core/workflow/explain-execution-end.ts';

const stopped = (error: string | undefined, cause: string | undefined) =>
  explainExecutionEnd({ executionName: 'shop-1', status: 'ABORTED', error, cause });

describe('explainExecutionEnd', () => {
  it.each([
    ['nothing', undefined, undefined, 'execution shop-1 was stopped'],
    [
      'error and cause',
      'Operator',
      'wrong tag',
      'execution shop-1 was stopped: Operator: wrong tag',
    ],
    [
      'a full stop',
      undefined,
      'Wrong tag. Ask Kim.',
      'execution shop-1 was stopped: Wrong tag. Ask Kim',
    ],
    [
      'several lines',
      'Opérateur',
      'zurück — 한국어\r\n\n  Approve:\taws deploy\n',
      'execution shop-1 was stopped: Opérateur: zurück — 한국어 Approve: aws deploy',
    ],
    ['nothing but space', ' ', '\n', 'execution shop-1 was stopped'],
    [
      'an error of a function',
      'PreflightRefused',
      '{"errorType":"PreflightRefused","errorMessage":"No such image.\\nNone."}',
      'execution shop-1 was stopped: PreflightRefused: No such image. None',
    ],
  ])('says in one line who told %s', (_, error, cause, sentence) => {
    expect(stopped(error, cause)).toBe(sentence);
  });

  it('shortens a long cause, never within a character', () => {
    const long = `${'x'.repeat(499)}😀 and more`;

    expect(stopped(undefined, long)).toBe(`execution shop-1 was stopped: ${'x'.repeat(499)}…`);
    expect(stopped(undefined, 'y'.repeat(500))).toBe(
      `execution shop-1 was stopped: ${'y'.repeat(500)}`,
    );
  });
});
