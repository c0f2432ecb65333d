import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Writes what TypeScript needs to know of infra/constructs. Throws with the compiler's complaints. */
export async function writeDeclarations(rootDirectory: string, outDir: string): Promise<void> {
  await compile(rootDirectory, [
    '--project',
    join(rootDirectory, 'infra/package/tsconfig.declarations.json'),
    '--outDir',
    outDir,
  ]);
  const names = await readdir(outDir, { recursive: true });
  await Promise.all(
    names
      .filter((name) => name.endsWith('.d.ts'))
      .map(async (name) => {
        const path = join(outDir, name);
        await writeFile(path, withoutTypeScriptExtensions(await readFile(path, 'utf8')));
      }),
  );
}

/** The compiler leaves `./a.ts` in declarations, where there is only `a.d.ts`, which is found as `./a.js`. */
export function withoutTypeScriptExtensions(declarations: string): string {
  return declarations.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2');
}

function compile(cwd: string, args: readonly string[]): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  const compiler = join(dirname(resolve('typescript/package.json')), 'bin/tsc');
  return new Promise((resolved, reject) => {
    execFile(process.execPath, [compiler, ...args], { cwd }, (error, stdout) => {
      if (error) reject(new Error(`Cannot write declarations:\n${stdout || error.message}`));
      else resolved();
    });
  });
}
