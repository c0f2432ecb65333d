import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildResult, build, type Metafile, type OutputFile } from 'esbuild';
import type { Config } from '../../functions/core/config/schema.ts';
import { buildCustomChecks } from '../custom-checks/build-custom-checks.ts';
import { repositoryRoot } from '../paths.ts';
import { defaultConfigFile } from '../read-config.ts';
import { canonicalJson } from './canonical-json.ts';
import { type FunctionBundle, functionBundles } from './function-bundles.ts';
import { inspectBundle } from './inspect-bundle.ts';
import { sizeBudgetBytes } from './size-budget.ts';
import { spellOutSchemaKeys } from './spell-out-schema-keys.ts';

export interface BuildBundlesOptions {
  /** Compiled configuration, written as config.json beside every bundle. */
  readonly config: Config;
  /** Receives one folder per function; anything else in it is removed. */
  readonly outDirectory: string;
  readonly budgetBytes?: Readonly<Record<FunctionBundle, number>>;
  /** The file that `config` comes from: users' checks lie relative to it; default greengate.yaml. */
  readonly configFile?: string;
  /** Where functions/ lies; default this repository. */
  readonly rootDirectory?: string;
}

export interface BuiltBundle {
  readonly name: FunctionBundle;
  readonly directory: string;
  readonly bytes: number;
  readonly budgetBytes: number;
}

/** Every problem of every bundle: over budget, something inside that does not belong there, a user's check. */
export class BundleRefusedError extends Error {
  override readonly name = 'BundleRefusedError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * CommonJS dependencies inside an ES module need a `require` of their own (aws-facts 6). The minifier does not
 * know the names in here, so they are longer than any that it would choose.
 */
const requireBanner =
  "import{createRequire as bannerCreateRequire}from'node:module';const require=bannerCreateRequire(import.meta.url);";

/**
 * Builds `outDirectory/<function>/{index.mjs,index.mjs.map,config.json}`, the very files that are deployed
 * and rehearsed (promise P6), and custom-checks.mjs beside those that run checks, when users have checks of their own. Throws BundleRefusedError; equal sources give equal bytes, thus equal asset hashes.
 */
export async function buildBundles(options: BuildBundlesOptions): Promise<BuiltBundle[]> {
  const { outDirectory, rootDirectory = repositoryRoot, budgetBytes = sizeBudgetBytes } = options;
  const [{ metafile, outputFiles }, customChecks] = await Promise.all([
    bundle(rootDirectory),
    buildCustomChecks(options.config, options.configFile ?? defaultConfigFile()),
  ]);
  const built = functionBundles.map((name) => {
    const output = outputOf(metafile, name);
    return {
      name,
      directory: join(outDirectory, name),
      bytes: output.bytes,
      budgetBytes: budgetBytes[name],
      inputs: output.inputs,
    };
  });
  const problems = [
    ...built.flatMap(inspectBundle),
    ...(customChecks.ok ? [] : customChecks.problems),
  ];
  if (!customChecks.ok || problems.length > 0) throw new BundleRefusedError(problems);
  await removeStale(outDirectory);
  await Promise.all(
    outputFiles.map(({ path, contents }) =>
      write(join(outDirectory, relative(virtualOutDirectory(rootDirectory), path)), contents),
    ),
  );
  const config = canonicalJson(options.config);
  await Promise.all(built.map(({ directory }) => write(join(directory, 'config.json'), config)));
  if (customChecks.text !== undefined) {
    for (const name of ['lifecycle-hook', 'roll-out']) {
      await write(join(outDirectory, name, 'custom-checks.mjs'), customChecks.text);
    }
  }
  return built.map(({ inputs: _, ...rest }) => rest);
}

/** Every file that is in a function, this repository's and those of packages, as paths from the root. */
export async function bundledFiles(rootDirectory = repositoryRoot): Promise<string[]> {
  const { metafile } = await bundle(rootDirectory);
  return Object.keys(metafile.inputs);
}

/** Source maps hold paths from here, so that they do not depend on where the bundles are written. */
function virtualOutDirectory(rootDirectory: string): string {
  return join(rootDirectory, 'build', 'functions');
}

function bundle(
  rootDirectory: string,
): Promise<BuildResult & { metafile: Metafile; outputFiles: OutputFile[] }> {
  return build({
    absWorkingDir: rootDirectory,
    entryPoints: functionBundles.map((name) => ({
      in: join('functions', name, 'handler.ts'),
      out: join(name, 'index'),
    })),
    outdir: virtualOutDirectory(rootDirectory),
    write: false,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: requireBanner },
    // Positions are what a stack trace needs; the sources themselves would triple each asset.
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    plugins: [spellOutSchemaKeys],
    // `ws` looks for two native packages to be faster with, which is nothing for one exchange.
    define: {
      'process.env.WS_NO_BUFFER_UTIL': '"1"',
      'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
    },
    // Lambda hands credentials over in the environment: the profile and SSO chain is dead weight there.
    alias: {
      '@aws-sdk/credential-provider-node': join(
        rootDirectory,
        'functions/adapters/environment-credentials.ts',
      ),
    },
    logLevel: 'silent',
  });
}

function outputOf(metafile: Metafile, name: FunctionBundle): Metafile['outputs'][string] {
  const found = Object.entries(metafile.outputs).find(([path]) =>
    path.endsWith(`${name}/index.mjs`),
  );
  if (!found) throw new Error(`esbuild made no bundle for function "${name}"`);
  return found[1];
}

async function write(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

/** Whatever an earlier build left would silently become part of an asset and of its hash. */
async function removeStale(outDirectory: string): Promise<void> {
  await mkdir(outDirectory, { recursive: true });
  const entries = await readdir(outDirectory);
  await Promise.all(
    entries.map((entry) => rm(join(outDirectory, entry), { recursive: true, force: true })),
  );
}
