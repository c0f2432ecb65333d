import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './source-files.ts';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
const readme = read('README.md');

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(repositoryRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Lines of the fenced shell blocks of a document. */
function shellLines(text: string): string[] {
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
}

describe('documentation', () => {
  it('sets up a fresh machine with exactly these two lines', () => {
    const lines = shellLines(readme);
    expect(lines).toContain('npm ci && npm run rehearse');
    expect(lines).toContain('npm ci && npm test');
  });

  it.each(documents)('%s runs only scripts that exist', (path) => {
    const run = [...read(path).matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name);
    expect(run.filter((name) => name !== undefined && !scripts.includes(name))).toEqual([]);
  });

  it.each(documents)('%s links only to files that exist', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to);
    const broken = links.filter(
      (to) => to !== undefined && !existsSync(join(repositoryRoot, dirname(path), to)),
    );
    expect(broken).toEqual([]);
  });

  it('shows a configuration that is the repository’s own, shortened', () => {
    const shown = /```yaml\n(services:[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    for (const word of ['team/shop', 'greengate-sample', 'afterAllowTestTraffic', 'shop-5xx']) {
      expect(shown).toContain(word);
      expect(read('greengate.yaml')).toContain(word);
    }
  });

  it('names no decision in the index that has no file, and the other way round', () => {
    const files = readdirSync(join(repositoryRoot, 'docs/adr')).filter((name) =>
      /^\d{4}-/.test(name),
    );
    const index = read('docs/adr/README.md');
    expect(files.filter((name) => !index.includes(`(${name})`))).toEqual([]);
    expect(index.match(/\(\d{4}-[a-z-]+\.md\)/g)).toHaveLength(files.length);
  });
});
