// Starts cli/simulator.ts. Node.js takes a second to load its 500 TypeScript files one by one; bundled,
// which esbuild does in a tenth of that, they load at once. --config needs the CDK and is not in a hurry.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(root, 'cli/simulator.ts');
const folder = join(root, 'node_modules/.cache/greengate');
const needsCdk = process.argv.some((argument) => /^--config(=|$)/.test(argument));
const bundle = needsCdk ? undefined : await bundleSimulator();

if (bundle === undefined) {
  await import('tsx');
  await import(pathToFileURL(entry).href);
} else {
  process.once('exit', () => rmSync(bundle, { force: true }));
  await import(pathToFileURL(bundle).href);
}

/** Path of a bundle of this process's own; undefined where it cannot be made. */
async function bundleSimulator() {
  const outfile = join(folder, `simulator-${process.pid}.mjs`);
  try {
    mkdirSync(folder, { recursive: true });
    const { build } = await import('esbuild');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
      plugins: [{ name: 'greengate', setup: keepPlaces }],
    });
    return outfile;
  } catch {
    return undefined;
  }
}

/** Modules find the files beside them by `import.meta.url`, which must stay theirs. */
function keepPlaces(build) {
  const located = new Set(
    ['simulator', 'cli', 'infra', 'functions'].flatMap((name) => sourcesWithUrl(join(root, name))),
  );
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
  const escaped = [...paths].map((path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${escaped.join('|')})$`);
}

function sourcesWithUrl(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name))
    .filter((path) => readFileSync(path, 'utf8').includes('import.meta.url'));
}
