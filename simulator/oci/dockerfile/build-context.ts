import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseDockerignore } from './dockerignore.ts';
import { globToRegExp } from './glob.ts';

export interface ContextFile {
  /** Relative to the context, with `/`. */
  readonly path: string;
  readonly executable: boolean;
  read(): Uint8Array;
}

export interface ContextMatch {
  /** `directory` means that the source named a folder, whose contents are copied. */
  readonly kind: 'file' | 'directory';
  /** The matched file or folder; empty for the context itself. */
  readonly path: string;
  readonly files: readonly ContextFile[];
}

/** Why a COPY source cannot be used; the caller adds the line. */
export class ContextError extends Error {
  override readonly name = 'ContextError';
}

/** The files that a build may copy: those below one directory that .dockerignore does not leave out. */
export class BuildContext {
  readonly #files: readonly ContextFile[];

  constructor(directory: string) {
    const ignored = parseDockerignore(readIfThere(join(directory, '.dockerignore')));
    this.#files = listFiles(directory, '').filter((file) => !ignored(file.path));
  }

  /** Resolves one COPY source, which may be a pattern. Throws ContextError when nothing matches. */
  find(source: string): ContextMatch[] {
    const path = posix.join('/', source).slice(1).replace(/\/$/, '');
    if (source.split('/').includes('..')) {
      throw new ContextError(`"${source}" leads out of the build context`);
    }
    if (path === '') return [{ kind: 'directory', path, files: this.#files }];
    const matches = [...this.#names()]
      .filter((name) => name === path || globToRegExp(path).test(name))
      .map((name) => this.#match(name));
    if (matches.length === 0) {
      throw new ContextError(
        `"${source}" is not in the build context, or .dockerignore leaves it out`,
      );
    }
    return matches;
  }

  /** Every file and folder, in order. */
  #names(): Set<string> {
    const names = new Set<string>();
    for (const { path } of this.#files) {
      const parts = path.split('/');
      for (let length = 1; length <= parts.length; length++) {
        names.add(parts.slice(0, length).join('/'));
      }
    }
    return names;
  }

  #match(name: string): ContextMatch {
    const file = this.#files.find(({ path }) => path === name);
    if (file) return { kind: 'file', path: name, files: [file] };
    const files = this.#files.filter(({ path }) => path.startsWith(`${name}/`));
    return { kind: 'directory', path: name, files };
  }
}

function listFiles(directory: string, prefix: string): ContextFile[] {
  const entries = readdirSync(join(directory, prefix), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(prefix, entry.name);
      if (entry.isDirectory()) return listFiles(directory, path);
      return [toContextFile(directory, path, entry.isFile())];
    });
}

function toContextFile(directory: string, path: string, regular: boolean): ContextFile {
  const onDisk = join(directory, path);
  return {
    path,
    executable: regular && (statSync(onDisk).mode & 0o111) !== 0,
    read: () => {
      if (!regular)
        throw new ContextError(`"${path}" is not a regular file, and only those are copied`);
      return readFileSync(onDisk);
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
