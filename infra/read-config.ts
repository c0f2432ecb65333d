import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  looseConfig,
  parseConfig,
  refuseConfig,
  renderProblems,
} from '../functions/core/config/parse.ts';
import type { Config } from '../functions/core/config/schema.ts';
import { findCustomChecks } from './custom-checks/find-custom-checks.ts';
import { repositoryRoot } from './paths.ts';

/** The configuration file is missing or has mistakes; `problems` holds all of them, one line each. */
export class ConfigRefusedError extends Error {
  override readonly name = 'ConfigRefusedError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** greengate.yaml of this repository, or the file that GREENGATE_CONFIG names. */
export function defaultConfigFile(): string {
  return process.env.GREENGATE_CONFIG ?? join(repositoryRoot, 'greengate.yaml');
}

/** Reads a configuration, the files that it names included. Throws ConfigRefusedError. */
export function readConfig(path = defaultConfigFile()): Config {
  const text = readText(path);
  const parsed = parseConfig(text, path);
  const files = refuseConfig(
    text,
    path,
    findCustomChecks(parsed.ok ? parsed.config : looseConfig(text), path).issues,
  );
  if (parsed.ok && files.problems.length === 0) return parsed.config;
  const problems = [...(parsed.ok ? [] : parsed.problems), ...files.problems].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  throw new ConfigRefusedError(renderProblems({ ...files, problems }).split('\n'));
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ConfigRefusedError([`Cannot read ${path}: it is not UTF-8 text; save it as UTF-8`]);
    }
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new ConfigRefusedError([`Cannot read ${path}: ${unreadable[String(code)] ?? code}`]);
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; name another one, or run in the folder of greengate.yaml',
  EISDIR: 'it is a folder; name the file in it',
  EACCES: 'you may not read it; change its permissions',
};
