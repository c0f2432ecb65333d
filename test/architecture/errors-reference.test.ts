import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as errors from '../../functions/core/errors.ts';
import { repositoryRoot } from './source-files.ts';

const page = readFileSync(join(repositoryRoot, 'docs/reference/errors.md'), 'utf8');
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, name = '', ...cells]) => [name, cells.map((cell) => cell.trim())],
  ),
);

const concrete = Object.values(errors)
  .filter((value) => value !== errors.GreengateError)
  .map((ErrorClass) => new (ErrorClass as new (message: string) => errors.GreengateError)('x'));

describe('docs/reference/errors.md', () => {
  it('explains every error of the code and no other', () => {
    expect([...rows.keys()].toSorted()).toEqual(concrete.map(({ name }) => name).toSorted());
  });

  it.each(concrete.map(({ name, retryable }) => [name, retryable] as const))(
    '%s is called retried only if it is: %s',
    (name, retryable) => {
      const [retried, when, what] = rows.get(name) ?? [];
      // The workflow alone retries a verification, whose finding may be a late view.
      const final = name === 'VerificationFailed' ? /by VerifyRelease/ : /^no$/;
      expect(retried).toMatch(retryable ? /^yes$/ : final);
      expect(when).toMatch(/\w+ \w+/);
      expect(what).toMatch(/\w+ \w+/);
    },
  );
});
