import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { customCheck } from '../../functions/core/config/custom-schema.ts';
import type { ProblemPath } from '../../functions/core/config/locate.ts';
import { itemsOf, memberAt, membersOf } from '../../functions/core/config/loose-value.ts';
import type { ConfigIssue } from '../../functions/core/config/parse.ts';
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
export function findCustomChecks(config: unknown, configFile: string): FoundCustomChecks {
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

/** Read from the value as it was written, which may have other mistakes: all are to be reported together. */
function namedFiles(config: unknown): { readonly path: ProblemPath; readonly file: string }[] {
  return itemsOf(memberAt(config, 'services')).flatMap((service, position) =>
    membersOf(memberAt(service, 'checks')).flatMap(([lifecycleEvent, checks]) =>
      itemsOf(checks).flatMap((check, index) => {
        const file = memberAt(check, 'file');
        if (memberAt(check, 'type') !== 'custom') return [];
        // What is no relative path of a .ts file is the schema's to refuse.
        if (!customCheck.shape.file.safeParse(file).success || typeof file !== 'string') return [];
        const path = ['services', position, 'checks', lifecycleEvent, index, 'file'];
        return [{ path, file }];
      }),
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
