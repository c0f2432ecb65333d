import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

/** Tests that a page names as `path` "title". */
function namedTests(page: string): { readonly path: string; readonly title: string }[] {
  return [...read(page).matchAll(/`(test\/[^`]+\.test\.ts)` "([^"]+)"/g)].map(
    ([, path = '', title = '']) => ({ path, title }),
  );
}

/** Rows of the tables below a heading: the cells of each. */
function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) => line.slice(2, -2).split(' | '));
}

const pages = ['docs/explanation/traps.md', 'docs/explanation/threat-model.md'];

describe.each(pages)('%s', (page) => {
  it('names tests that exist, by their titles', () => {
    const named = namedTests(page);
    expect(named.length).toBeGreaterThan(15);
    const missing = named.filter(({ path, title }) => {
      const text = read(path);
      return !["'", '`', '"'].some((quote) => text.includes(`${quote}${title}${quote}`));
    });
    expect(missing).toEqual([]);
  });

  it('writes every test so that it is found', () => {
    const text = read(page);
    expect(text.match(/test\/[\w./-]+\.test\.ts/g)?.length).toBe(
      namedTests(page).length +
        (text.match(/\(\.\.\/\.\.\/test\/[\w./-]+\.test\.ts\)/g) ?? []).length,
    );
  });
});

describe('docs/explanation/traps.md', () => {
  const [twenty = '', met = ''] = read('docs/explanation/traps.md').split('## Also met');

  it('tells of twenty traps, each with a test', () => {
    const traps = rows(twenty).slice(1);
    expect(traps.map(([number]) => Number(number))).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    for (const [number, , does = '', test = ''] of traps) {
      expect(test.includes('.test.ts'), `trap ${number}: ${does}`).toBe(true);
    }
  });

  it('has a test for what was met besides, or says why it does not apply', () => {
    const others = rows(met).slice(1);
    expect(others).toHaveLength(8);
    for (const [trap = '', does = '', test = ''] of others) {
      expect(test.includes('.test.ts') || does.startsWith('does not apply'), trap).toBe(true);
    }
  });
});

describe('docs/explanation/threat-model.md', () => {
  it('has for each threat a mitigation, its tests and what is not covered', () => {
    const [, threats = ''] = read('docs/explanation/threat-model.md').split('## Threats');
    const table = rows(threats.split('\n## ')[0] ?? '').slice(1);
    expect(table.length).toBeGreaterThan(12);
    for (const cells of table) {
      expect(cells).toHaveLength(4);
      for (const cell of cells) expect(cell.trim(), cells[0]).not.toBe('');
      expect(cells[2]).toContain('.test.ts');
    }
  });
});
