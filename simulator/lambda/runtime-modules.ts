import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { World } from '../core/world.ts';

const { resolve } = createRequire(import.meta.url);

/**
 * A folder of modules that every function finds, with the SDK for JavaScript v3 that Lambda's Node.js runtimes
 * bring along (Lambda guide, "Building Lambda functions with Node.js"): the clients of this installation. It lies
 * above all unpacked code, where `import` looks, which NODE_PATH does not reach.
 */
export function runtimeModules({ directory }: Pick<World, 'directory'>): string {
  const modules = join(directory, 'node_modules');
  const link = join(modules, '@aws-sdk');
  if (!existsSync(link)) {
    mkdirSync(modules, { recursive: true });
    symlinkSync(sdkFolder(), link, 'dir');
  }
  return modules;
}

function sdkFolder(): string {
  const client = resolve('@aws-sdk/client-s3');
  return dirname(client.slice(0, client.indexOf(`${sep}client-s3${sep}`) + 1 + 'client-s3'.length));
}
