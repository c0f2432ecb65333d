import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseConfig, renderProblems } from '../../functions/core/config/parse.ts';
import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import type { ProfileName } from './entry.ts';

/** Stands in a profile for the authority of the simulator that it is used with. */
const authorityToken = 'AUTHORITY';

/** The greengate.yaml of a profile; users' own checks lie beside it. */
export function profileFile(name: ProfileName): string {
  return fileURLToPath(new URL(`./profiles/${name}.yaml`, import.meta.url));
}

/** `authority` is the PEM that clients of HTTPS listeners trust. Throws an Error with every mistake. */
export function readProfile(name: ProfileName, authority: string): Config {
  const file = profileFile(name);
  const text = readFileSync(file, 'utf8').replaceAll(authorityToken, JSON.stringify(authority));
  const parsed = parseConfig(text, file);
  if (!parsed.ok) throw new Error(renderProblems(parsed));
  return parsed.config;
}

/** Each profile deploys the one service of the corpus. */
export function corpusService(config: Config): ServiceConfig {
  const [service] = config.services;
  if (!service) throw new Error('A profile of the corpus names one service, this one names none');
  return service;
}
