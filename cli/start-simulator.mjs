// Starts cli/simulator.ts. Node.js takes a second to load its 500 TypeScript files one by one; bundled, they
// load at once. The bundle is kept until a source changes. --config needs the CDK and is not in a hurry.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(root, 'cli/simulator.ts');
const folder = join(root, 'node_modules/.cache/greengate');
/** Whoever starts from a bundle has loaded it long before it is this old. */
const keepBundlesMs = 600_000;
const needsCdk = process.argv.some((argument) => /^--config(=|$)/.test(argument));
// The command runs when its own file was started, which stands here for this one.
process.argv[1] = entry;
const bundle = needsCdk ? undefined : await bundleSimulator();

if (bundle === undefined) {
  await import('tsx');
  await import(pathToFileURL(entry).href);
} else {
  await import(pathToFileURL(bundle).href);
}

/** Path of a bundle of the sources as they are; undefined where it cannot be made. */
async function bundleSimulator() {
  try {
    const sources = ['simulator', 'cli', 'infra', 'functions'].flatMap((name) =>
      typeScriptIn(join(root, name)),
    );
    const outfile = join(folder, `simulator-${stateOf(sources)}.mjs`);
    if (!existsSync(outfile)) await build(sources, outfile);
    return outfile;
  } catch {
    return undefined;
  }
}

/** Changes with every source that is added, removed or written, and with what is installed. */
function stateOf(sources) {
  const state = createHash('sha256').update(process.version);
  for (const path of [
    ...sources,
    fileURLToPath(import.meta.url),
    join(root, 'package-lock.json'),
  ]) {
    const { size, mtimeMs } = statSync(path);
    state.update(`${path}:${size}:${mtimeMs}\n`);
  }
  return state.digest('hex').slice(0, 16);
}

async function build(sources, outfile) {
  mkdirSync(folder, { recursive: true });
  removeOldBundles();
  const { build } = await import('esbuild');
  // Others may start meanwhile: the bundle appears whole or not at all.
  const unfinished = `${outfile}.${process.pid}`;
  try {
    await build({
      entryPoints: [entry],
      outfile: unfinished,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
      plugins: [{ name: 'greengate', setup: (build) => keepPlaces(build, sources) }],
    });
    renameSync(unfinished, outfile);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function removeOldBundles() {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > keepBundlesMs) rmSync(path, { force: true });
  }
}

/** Modules find the files beside them by `import.meta.url`, which must stay theirs. */
function keepPlaces(build, sources) {
  const located = sources.filter((path) => readFileSync(path, 'utf8').includes('import.meta.url'));
  build.onResolve({ filter: /synthesize-for-simulator/ }, () => ({
    path: pathToFileURL(join(root, 'cli/rehearsal/synthesize-for-simulator.ts')).href,
    external: true,
  }));
  build.onLoad({ filter: pathsOf(located) }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replaceAll(
      'import.meta.url',
      JSON.stringify(pathToFileURL(path).href),
    ),
    loader: 'ts',
  }));
}

function pathsOf(paths) {
  const escaped = paths.map((path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${escaped.join('|')})$`);
}

function typeScriptIn(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name));
}
