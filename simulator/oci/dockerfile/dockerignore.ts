import { globToRegExp } from './glob.ts';

interface Rule {
  readonly expression: RegExp;
  readonly keep: boolean;
}

/** Reads a .dockerignore; the returned function tells whether a context path is left out. */
export function parseDockerignore(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toRule);
  return (path) => {
    let ignored = false;
    // The last matching line wins; a line that names a folder covers everything in it.
    for (const rule of rules) {
      if (withParents(path).some((name) => rule.expression.test(name))) ignored = !rule.keep;
    }
    return ignored;
  };
}

function toRule(line: string): Rule {
  const keep = line.startsWith('!');
  const pattern = (keep ? line.slice(1) : line)
    .trim()
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+$/, '');
  return { expression: globToRegExp(pattern), keep };
}

function withParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
