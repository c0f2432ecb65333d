import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../functions/core/config/schema.ts';
import { buildBundles } from '../infra/bundling/build-bundles.ts';
import { measureColdImport } from './cold-imports.ts';
import { clientsOf, writePlainHandler } from './plain-handlers.ts';

export interface BundleMeasurement {
  readonly function: string;
  readonly bytes: number;
  readonly importMs: number;
  /** A handler that only imports the same SDK clients, unbundled, in the same run. */
  readonly plainImportMs: number;
  /** Our import time over the plain handler's: below 1 is faster. */
  readonly ratio: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = join(root, 'build', 'bench');

/** How big the functions are and how fast they start, beside handlers that just import the SDK. */
export async function measureBundles(config: Config, rounds: number): Promise<BundleMeasurement[]> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const bundles = await buildBundles({ config, outDirectory: join(scratch, 'functions') });
  const measured: BundleMeasurement[] = [];
  for (const { name, directory } of bundles) {
    const clients = await clientsOf(join(root, 'functions', name, 'handler.ts'));
    const files = {
      bundle: join(directory, 'index.mjs'),
      plain: writePlainHandler(join(scratch, 'plain'), name, clients),
    };
    const { bundleMs, plainMs } = measureColdImport(name, files, rounds);
    measured.push({
      function: name,
      bytes: statSync(files.bundle).size,
      importMs: Math.round(bundleMs),
      plainImportMs: Math.round(plainMs),
      ratio: Math.round((bundleMs / plainMs) * 100) / 100,
    });
  }
  return measured;
}
