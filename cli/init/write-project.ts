import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../terminal/run-command.ts';
import type { ProjectFile } from './project-files.ts';

export interface WrittenProject {
  /** Paths below the folder. */
  readonly written: readonly string[];
  /** Left alone, with what belongs into them. */
  readonly toAdd: readonly ProjectFile[];
}

/**
 * Writes a project, or with `dryRun` says what it would write. Looks first: throws UsageError, before anything is written,
 * when one of the files exists. Files that exist by right are left alone and named in `toAdd`.
 */
export function writeProject(
  folder: string,
  files: readonly ProjectFile[],
  { dryRun }: { readonly dryRun: boolean },
): WrittenProject {
  // As of a shell variable that is not set: the folder of whoever stands there is hardly meant.
  if (folder.trim() === '') {
    throw new UsageError(
      'The folder has no name: nothing was written; name one, or "." for this one',
    );
  }
  const there = files.filter(({ path }) => existsSync(join(folder, path)));
  const inTheWay = there.filter(({ shownIfThere }) => shownIfThere === undefined);
  if (inTheWay.length > 0) {
    const paths = inTheWay.map(({ path }) => path).join(', ');
    throw new UsageError(
      `${folder} already has ${paths}: nothing was written; name another folder, or move them away`,
    );
  }
  const toWrite = files.filter((file) => !there.includes(file));
  if (!dryRun) for (const file of toWrite) write(join(folder, file.path), file.text);
  return {
    written: toWrite.map(({ path }) => path),
    toAdd: there
      .map(({ path, shownIfThere = '' }) => ({ path, text: shownIfThere }))
      .filter(({ path, text }) => !contains(join(folder, path), text)),
  };
}

/** Nothing has to be shown of lines that are all there. */
function contains(path: string, text: string): boolean {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  return text.split('\n').every((line) => line === '' || lines.includes(line));
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${error instanceof Error ? error.message : error}`);
  }
}
