import { describe, expect, it } from 'vitest';
import { parseDockerignore } from '../../../simulator/oci/dockerfile/dockerignore.ts';

describe('parseDockerignore', () => {
  it.each([
    ['node_modules', 'node_modules/a/b.js', true],
    ['node_modules', 'src/node_modules/a.js', false],
    ['**/node_modules', 'src/node_modules/a.js', true],
    ['**/node_modules', 'node_modules/a.js', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['**/*.md', 'docs/README.md', true],
    ['/dist/', 'dist/index.js', true],
    ['./dist', 'dist/index.js', true],
    ['*\n!server.mjs', 'server.mjs', false],
    ['*\n!server.mjs', 'other.mjs', true],
    ['!server.mjs\n*', 'server.mjs', true],
    ['# server.mjs', 'server.mjs', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[ab].js', 'b.js', true],
    ['[^ab].js', 'b.js', false],
    ['a.c', 'abc', false],
    ['a+(b)', 'a+(b)', true],
  ])('with %j, %s is left out: %s', (text, path, ignored) => {
    expect(parseDockerignore(text)(path)).toBe(ignored);
  });
});
