import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preflightChecks } from '../../functions/core/preflight/check-catalogue.ts';
import { repositoryRoot } from './source-files.ts';

const page = readFileSync(join(repositoryRoot, 'docs/reference/preflight.md'), 'utf8');

describe('docs/reference/preflight.md', () => {
  it('names every check with what is right and its remedy, in the order of the catalogue', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)].map(
      ([, id, title, remedy]) => ({ id, title, remedy }),
    );
    expect(rows).toEqual(preflightChecks.map(({ id, title, remedy }) => ({ id, title, remedy })));
  });

  it.each(preflightChecks)(
    '$id is a kebab-case id, with sentences that end without a full stop',
    ({ id, title, remedy }) => {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$|^[a-z]+$/);
      expect(preflightChecks.filter((check) => check.id === id)).toHaveLength(1);
      for (const text of [title, remedy]) expect(text).toMatch(/^[A-Z].*[^.]$/);
    },
  );
});
