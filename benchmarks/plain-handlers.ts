import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The SDK clients that a handler reaches through its imports. */
export async function clientsOf(handlerFile: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [handlerFile],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const clients = imports.map(({ path }) => path).filter((path) => /^@aws-sdk\/client-/.test(path));
  return [...new Set(clients)].sort();
}

/**
 * What a bundle is compared with: a handler that does nothing but import the same SDK clients, unbundled.
 * `directory` must lie below the repository, so that it finds the same installed packages.
 */
export function writePlainHandler(
  directory: string,
  name: string,
  clients: readonly string[],
): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.mjs`);
  const imports = clients.map((client, index) => `import * as client${index} from '${client}';`);
  const uses = clients.map((_, index) => `client${index}`).join(', ');
  writeFileSync(
    file,
    `${imports.join('\n')}\nexport const handler = async () => [${uses}].length;\n`,
  );
  return file;
}
