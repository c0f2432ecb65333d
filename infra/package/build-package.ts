import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../paths.ts';
import { keepPlaces } from './keep-places.ts';
import { writeDeclarations } from './write-declarations.ts';

/** What others run or import, by the name of its compiled file. */
const entryPoints = {
  greengate: 'cli/greengate.ts',
  constructs: 'infra/constructs/index.ts',
};

/**
 * Builds `dist/`: the command and the constructs as JavaScript that plain Node.js loads, with declarations of the
 * constructs. Packages stay outside. Functions are not compiled here: the package has their sources, from which
 * they are bundled together with a configuration.
 */
export async function buildPackage(rootDirectory = repositoryRoot): Promise<void> {
  const outdir = join(rootDirectory, 'dist');
  await rm(outdir, { recursive: true, force: true });
  await Promise.all([
    build({
      absWorkingDir: rootDirectory,
      entryPoints,
      outdir,
      bundle: true,
      // What a command does not need is not loaded for it.
      splitting: true,
      chunkNames: 'part-[hash]',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      minifyWhitespace: true,
      logLevel: 'warning',
      ...keepPlaces(rootDirectory),
    }),
    writeDeclarations(rootDirectory, join(outdir, 'types')),
  ]);
}
