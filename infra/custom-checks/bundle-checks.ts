import { type BuildFailure, build, type Message } from 'esbuild';
import { checkContract } from './check-contract.ts';

/** What esbuild made of one file. */
export type BundledCheck =
  | {
      readonly ok: true;
      readonly hasDefaultExport: boolean;
      /** Files in it, relative to the working folder. */
      readonly inputs: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

const requireBanner =
  "import{createRequire as bannerCreateRequire}from'node:module';const require=bannerCreateRequire(import.meta.url);";

/** Bundles one file by itself, to tell its problems from those of others. */
export async function tryBundle(file: string, workingFolder: string): Promise<BundledCheck> {
  try {
    const { metafile } = await build({
      ...settings(workingFolder),
      entryPoints: [file],
      metafile: true,
    });
    const [output] = Object.values(metafile.outputs);
    return {
      ok: true,
      hasDefaultExport: output?.exports.includes('default') ?? false,
      inputs: Object.keys(metafile.inputs),
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { ok: false, problems: error.errors.map(describeMessage) };
  }
}

/** The text of custom-checks.mjs: `checks`, the default exports by key. Sorted, so equal sources give equal bytes. */
export async function bundleChecks(
  checks: ReadonlyMap<string, string>,
  workingFolder: string,
): Promise<string> {
  const sorted = [...checks].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const imports = sorted.map(([, file], at) => `import check${at} from ${JSON.stringify(file)};`);
  const members = sorted.map(([key], at) => `${JSON.stringify(key)}: check${at}`);
  const { outputFiles } = await build({
    ...settings(workingFolder),
    stdin: {
      contents: `${imports.join('\n')}\nexport const checks = { ${members.join(', ')} };\n`,
      resolveDir: workingFolder,
      sourcefile: 'custom-checks.ts',
    },
  });
  return outputFiles[0]?.text ?? '';
}

function settings(workingFolder: string) {
  return {
    absWorkingDir: workingFolder,
    outdir: 'build',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: requireBanner },
    alias: { [checkContract.specifier]: checkContract.file },
    logLevel: 'silent',
  } as const satisfies Parameters<typeof build>[0];
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function describeMessage({ text, location }: Message): string {
  const said = text.split('\n')[0]?.replace(/\.$/, '') ?? text;
  return location === null
    ? said
    : `${location.file}:${location.line}:${location.column + 1} ${said}`;
}
