import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, renderProblems } from '../functions/core/config/parse.ts';
import type { Config } from '../functions/core/config/schema.ts';
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

/** Reads greengate.yaml, or the file that GREENGATE_CONFIG names. Throws ConfigRefusedError. */
export function readConfig(
  path = process.env.GREENGATE_CONFIG ?? join(repositoryRoot, 'greengate.yaml'),
): Config {
  const parsed = parseConfig(readText(path), path);
  if (!parsed.ok) throw new ConfigRefusedError(renderProblems(parsed).split('\n'));
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
