import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ProblemPath } from '../../functions/core/config/locate.ts';
import type { ConfigIssue } from '../../functions/core/config/parse.ts';
import type { Config } from '../../functions/core/config/schema.ts';
import { customCheckKey } from '../../functions/core/custom/custom-check-key.ts';

/** A user's file as the configuration names it. */
export interface CustomCheckUse {
  /** Where in greengate.yaml. */
  readonly path: ProblemPath;
  /** Name in the bundle. */
  readonly key: string;
  /** Absolute. */
  readonly file: string;
}

export interface FoundCustomChecks {
  /** Those whose file can be read; a file that several checks name appears once for each. */
  readonly uses: readonly CustomCheckUse[];
  /** Those that are missing, or lie outside the repository. */
  readonly issues: readonly ConfigIssue[];
}

/** The users' own checks of a configuration; their files are relative to the folder of `configFile`. */
export function findCustomChecks(config: Config, configFile: string): FoundCustomChecks {
  const folder = dirname(resolve(configFile));
  const uses: CustomCheckUse[] = [];
  const issues: ConfigIssue[] = [];
  for (const { path, file } of namedFiles(config)) {
    const absolute = join(folder, file);
    const problem = fileProblem(absolute, folder);
    if (problem === undefined) uses.push({ path, key: customCheckKey(file), file: absolute });
    else issues.push({ path, message: `is "${file}", ${problem}` });
  }
  return { uses, issues };
}

/** The folder that holds `.git`, at or above this one; without any, this one. */
export function repositoryFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** True for a file inside the folder, links followed on both sides. */
export function isInside(file: string, folder: string): boolean {
  return !relative(realpathSync(folder), realpathSync(file)).split(sep).includes('..');
}

function namedFiles(config: Config): { readonly path: ProblemPath; readonly file: string }[] {
  return config.services.flatMap(({ checks }, service) =>
    Object.entries(checks).flatMap(([lifecycleEvent, list]) =>
      list.flatMap((check, position) =>
        check.type === 'custom'
          ? {
              path: ['services', service, 'checks', lifecycleEvent, position, 'file'],
              file: check.file,
            }
          : [],
      ),
    ),
  );
}

function fileProblem(file: string, folder: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return `and there is no such file: ${file}`;
  if (!found.isFile()) return `which is not a file: ${file}`;
  const repository = repositoryFolder(folder);
  return isInside(file, repository)
    ? undefined
    : `which lies outside the repository folder ${repository}: only its own files are bundled`;
}
