import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface ImportStatement {
  /** Path from the repository's root, or the package's name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly ImportStatement[];
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm;

/** Every TypeScript source below a folder with what it imports. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => readSource(join(folder, name)));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(repositoryRoot, path), 'utf8');
  const imports = [...text.matchAll(importPattern)].map(([, type, fixed, dynamic]) => ({
    target: resolveTarget(path, fixed ?? dynamic ?? ''),
    typeOnly: type !== undefined,
  }));
  return { path, imports };
}

function resolveTarget(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(repositoryRoot, join(repositoryRoot, dirname(from), specifier));
}
