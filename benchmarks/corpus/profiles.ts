import { fileURLToPath } from 'node:url';
import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import { readConfig } from '../../infra/read-config.ts';
import type { ProfileName } from './entry.ts';

/** The greengate.yaml of a profile. */
export function profileFile(name: ProfileName): string {
  return fileURLToPath(new URL(`./profiles/${name}.yaml`, import.meta.url));
}

/** Throws ConfigRefusedError with every mistake in it. */
export function readProfile(name: ProfileName): Config {
  return readConfig(profileFile(name));
}

/** Each profile deploys the one service of the corpus. */
export function corpusService(config: Config): ServiceConfig {
  const [service] = config.services;
  if (!service) throw new Error('A profile of the corpus names one service, this one names none');
  return service;
}
