import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/** What stands for `import.meta.url` in a compiled file: where its source would lie in the package. */
const place = 'modulePlace';

/**
 * Options that keep what modules find by `import.meta.url`: the files beside their source, which the package has at the
 * same places, and not beside the compiled file that several modules share.
 */
export function keepPlaces(rootDirectory: string): Partial<BuildOptions> {
  return {
    banner: { js: 'const compiledPlace = import.meta.url;' },
    define: { 'import.meta.url': place },
    plugins: [knowPlaces(rootDirectory)],
  };
}

function knowPlaces(rootDirectory: string): Plugin {
  return {
    name: 'know-places',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const source = relative(rootDirectory, path).split(sep).join('/');
        // All compiled files lie one folder below the root of the package.
        const statement = `const ${place} = new URL(${JSON.stringify(`../${source}`)}, compiledPlace).href;`;
        return { contents: `${statement}${text}`, loader: 'ts' };
      });
    },
  };
}
