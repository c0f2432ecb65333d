import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, refuseConfig, renderProblems } from '../functions/core/config/parse.ts';
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
  if (!parsed.ok) throw new ConfigRefusedError(renderProblems(parsed).split('\n'));
  const { issues } = findCustomChecks(parsed.config, path);
  if (issues.length > 0) {
    throw new ConfigRefusedError(renderProblems(refuseConfig(text, path, issues)).split('\n'));
  }
  return parsed.config;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new ConfigRefusedError([
      code === 'ENOENT'
        ? `Cannot read ${path}: there is no such file; name another one, or run in the folder of greengate.yaml`
        : `Cannot read ${path}: ${code}`,
    ]);
  }
}
