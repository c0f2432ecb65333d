import { expect, it } from 'vitest';
import { PolicyTexts } from '../../../simulator/iam/policy-text.ts';
import { hasRepeatedKeys } from '../../../simulator/iam/repeated-keys.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

it.each([
  ['{"a": 1, "a": 2}', true],
  ['{"a": {"b": 1, "b": 2}}', true],
  ['[{"x": [{"c": "a", "c": "b"}]}]', true],
  ['{"a": 1, "\\u0061": 2}', true],
  ['{"a": {"b": 1}, "b": {"a": 1}}', false],
  ['[{"a": 1}, {"a": 2}]', false],
  ['{"a": "a", "b": ["a", "a", "a:"]}', false],
  ['{"a": "\\"a\\":", "b": "{\\"a\\": 1}"}', false],
])('%s names a member twice: %s', (json, repeated) => {
  expect(hasRepeatedKeys(json)).toBe(repeated);
});

it('a policy with a repeated member is refused, or the last one counts where the setting says so', () => {
  const text =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Action":"s3:PutObject","Resource":"*"}]}';
  const read = (refuseRepeatedPolicyKeys: boolean) =>
    new PolicyTexts(createTestWorld({ settings: { refuseRepeatedPolicyKeys } })).read(
      text,
      'identity',
    );
  expect(() => read(true)).toThrow('Syntax errors in policy.');
  expect(read(false).Statement[0]?.Action).toEqual(['s3:PutObject']);
});
