import { readFileSync } from 'node:fs';
import type { Config } from '../core/config/schema.ts';
import { InvalidConfigError } from '../core/errors.ts';
import { once } from './once.ts';

/** The configuration that the build compiled to JSON beside the bundle (design D6); read once. */
export const compiledConfig = once(() => readConfig(new URL('./config.json', import.meta.url)));

/** Reads a compiled configuration. It was validated when it was compiled, so only its outline is checked. */
export function readConfig(file: URL): Config {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new InvalidConfigError(`Cannot read the compiled configuration ${file.pathname}`, {
      cause,
    });
  }
  if (!isConfig(config)) {
    throw new InvalidConfigError(
      `The compiled configuration ${file.pathname} has no list of services`,
    );
  }
  return config;
}

function isConfig(value: unknown): value is Config {
  return (
    typeof value === 'object' &&
    value !== null &&
    'services' in value &&
    Array.isArray(value.services)
  );
}
