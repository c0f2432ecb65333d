import { expect, it } from 'vitest';
import { customCheckKey } from '../../../functions/core/custom/custom-check-key.ts';

it.each([
  ['checks/a.ts', 'checks/a.ts'],
  ['./checks/a.ts', 'checks/a.ts'],
  ['checks//b/../a.ts', 'checks/a.ts'],
  ['../../checks/a.ts', '../../checks/a.ts'],
  ['a/../../a.ts', '../a.ts'],
])('%s is kept as %s', (file, key) => {
  expect(customCheckKey(file)).toBe(key);
});
