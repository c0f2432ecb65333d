import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowedLicence } from './allowed-licence.ts';
import type { LockedPackages } from './inspect-lockfile.ts';

export interface LicenceReport {
  /** Inspected packages, as folders below the root. */
  readonly inspected: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Looks at the licence that each package itself states: those that `npm ci --omit=dev` would install and, whatever
 * the lockfile takes them for, those whose files are in a function. `bundledFiles` are paths from the root.
 */
export function inspectLicences(
  rootDirectory: string,
  packages: LockedPackages,
  bundledFiles: readonly string[],
): LicenceReport {
  const installed = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    // Of packages for other platforms there is nothing here.
    .filter(([path, { optional }]) => optional !== true || existsSync(join(rootDirectory, path)))
    .map(([path]) => path);
  const inspected = [...new Set([...installed, ...bundledFiles.flatMap(packageOf)])].toSorted();
  const problems = inspected.flatMap((path) => {
    const licence = licenceOf(join(rootDirectory, path, 'package.json'));
    return isAllowedLicence(licence)
      ? []
      : [`${path} states ${JSON.stringify(licence) ?? 'no licence'}, expected a permissive one`];
  });
  return { inspected, problems };
}

/** The innermost package that a file belongs to; none for files of this repository. */
function packageOf(file: string): string[] {
  const [, path] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/')) ?? [];
  return path === undefined ? [] : [path];
}

function licenceOf(file: string): unknown {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).license;
}
