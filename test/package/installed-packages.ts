import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../architecture/source-files.ts';

/** What npm reads of a package before it fetches it: version, ranges, commands, platforms. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** One version of a package that this repository has installed. */
export interface InstalledPackage {
  readonly manifest: Manifest;
  readonly directory: string;
  /** Packages below `directory`, such as node_modules/yaml, that its own tarball brings along. */
  readonly bundled: readonly string[];
}

/** Every package below node_modules, as npm noted it when it installed them (node_modules/.package-lock.json). */
export function installedPackages(): readonly InstalledPackage[] {
  const lock = readJson('node_modules/.package-lock.json') as {
    readonly packages: Readonly<Record<string, { readonly inBundle?: boolean }>>;
  };
  const paths = Object.keys(lock.packages);
  const bundled = paths.filter((path) => lock.packages[path]?.inBundle);
  return paths
    .filter((path) => !bundled.includes(path))
    .map((path) => ({
      manifest: readJson(`${path}/package.json`) as Manifest,
      directory: join(repositoryRoot, path),
      bundled: bundled
        .filter((below) => below.startsWith(`${path}/`))
        .map((below) => below.slice(path.length + 1)),
    }));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8'));
}
