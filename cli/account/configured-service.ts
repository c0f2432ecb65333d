import { existsSync } from 'node:fs';
import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import { ConfigRefusedError, readConfig } from '../../infra/read-config.ts';
import { UsageError } from '../terminal/run-command.ts';

/** The service of that name in `file`. Throws ConfigRefusedError, or UsageError where it has none. */
export function configuredService(name: string, file: string): ServiceConfig {
  const { services } = readConfig(file);
  const found = services.find((service) => service.name === name);
  if (found !== undefined) return found;
  const names = services.map((service) => service.name).join(', ');
  throw new UsageError(`There is no service "${name}" in ${file}, it has: ${names}`);
}

/**
 * Refuses a misspelt service where a configuration lies at hand. Where none does, or it has mistakes, what was deployed
 * decides: nobody should have to mend a file before going back.
 */
export function refuseMisspelt(name: string, file: string): void {
  if (!existsSync(file)) return;
  try {
    configuredService(name, file);
  } catch (error) {
    if (!(error instanceof ConfigRefusedError)) throw error;
  }
}
