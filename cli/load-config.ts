import { readFileSync } from 'node:fs';
import { parseConfig, renderProblems } from '../functions/core/config/parse.ts';
import type { Config } from '../functions/core/config/schema.ts';
import { UsageError } from './terminal/run-command.ts';

/** Reads and validates a configuration file; throws UsageError with all its problems. */
export function loadConfig(file: string): Config {
  const parsed = parseConfig(read(file), file);
  if (!parsed.ok) throw new UsageError(renderProblems(file, parsed.problems));
  return parsed.config;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      code === 'ENOENT'
        ? `Cannot read ${file}: there is no such file; name another one, or run in the folder of greengate.yaml`
        : `Cannot read ${file}: ${code}`,
    );
  }
}
