import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';

const page = readFileSync(join(repositoryRoot, 'docs/how-to/stop-and-rerun.md'), 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!What|---)/.test(line));

describe('docs/how-to/stop-and-rerun.md', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('names a test that is there: %s', (row) => {
    const [, file = ''] = /\| (test\/[\w/-]+\.test\.ts) \|$/.exec(row) ?? [];
    expect(existsSync(join(repositoryRoot, file)) && file).toMatch(/\.test\.ts$/);
  });
});
