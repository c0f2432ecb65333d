import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../simulator/core/settings.ts';
import { repositoryRoot } from './source-files.ts';

const page = readFileSync(join(repositoryRoot, 'docs/fidelity.md'), 'utf8');
const settings = Object.keys(defaultSettings);
/** Names that stand alone in brackets, and those that are called settings. */
const named = [
  ...page.matchAll(/\(`([a-z]+[A-Z]\w*)`[;)]/g),
  ...page.matchAll(/[Ss]ettings? `(\w+)`/g),
].map(([, name = '']) => name);

describe('docs/fidelity.md', () => {
  it.each(settings)('names the setting %s', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it('names no setting that is not there', () => {
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !settings.includes(name))).toEqual([]);
  });
});
