import { InvalidConfigError } from '../errors.ts';
import type { Config, ServiceConfig } from './schema.ts';

/** The service of that name; InvalidConfigError that lists the names there are. */
export function findService(config: Config, name: string): ServiceConfig {
  const service = config.services.find((candidate) => candidate.name === name);
  if (service === undefined) {
    const names = config.services.map((candidate) => candidate.name).join(', ');
    throw new InvalidConfigError(
      `Service "${name}" is not in the configuration that was deployed, expected one of: ${names}`,
    );
  }
  return service;
}
