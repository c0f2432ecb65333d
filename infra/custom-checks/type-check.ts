import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { checkContract } from './check-contract.ts';

const resolvePackage = createRequire(import.meta.url).resolve;

/** One complaint of the compiler. */
export interface TypeProblem {
  /** Absolute; undefined for one about no file. */
  readonly file: string | undefined;
  /** E.g. `12:7 Type 'string' is not assignable to type 'number' (TS2322)`. */
  readonly message: string;
}

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  module: 'preserve',
  moduleResolution: 'bundler',
  strict: true,
  noUncheckedIndexedAccess: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  isolatedModules: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
  // Wherever this installation has it.
  typeRoots: [dirname(dirname(resolvePackage('@types/node/package.json')))],
  paths: { [checkContract.specifier]: [checkContract.file] },
};

/**
 * Type-checks users' files with strict options, and that each exports a CustomCheck by default. The user's own
 * compiler options take no part, so that a build says the same everywhere.
 */
export async function typeCheck(files: readonly string[]): Promise<TypeProblem[]> {
  // Real paths throughout: the compiler follows links.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'greengate-types-')));
  try {
    const witnesses = files.map((file, index) => {
      const witness = join(folder, `check-${index}.ts`);
      writeFileSync(witness, witnessOf(file));
      return witness;
    });
    const project = join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify({ compilerOptions, files: [...files, ...witnesses] }));
    const output = await runCompiler(project, folder);
    return parseDiagnostics(output, folder).map(({ file, message }) => {
      const about = file === undefined ? -1 : witnesses.indexOf(file);
      return about < 0
        ? { file, message }
        : { file: files[about], message: exportMessage(message) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles only when the file's default export is a check. */
function witnessOf(file: string): string {
  return [
    `import type { CustomCheck } from '${checkContract.specifier}';`,
    `import check from ${JSON.stringify(file)};`,
    'export const witness = check satisfies CustomCheck<never>;',
  ].join('\n');
}

function exportMessage(message: string): string {
  return `its default export is not a check made by defineCheck: ${message.replace(/^\d+:\d+ /, '')}`;
}

/** The compiler's complaints; it exits 1 or 2 when it has any, and then they are on its output. */
function runCompiler(project: string, cwd: string): Promise<string> {
  const compiler = join(dirname(resolvePackage('typescript/package.json')), 'bin/tsc');
  return new Promise((resolved, reject) => {
    execFile(
      process.execPath,
      [compiler, '--project', project, '--pretty', 'false'],
      { cwd, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error && !/\berror TS\d+: /.test(stdout)) {
          reject(new Error(`Cannot type-check: ${stderr || stdout || error.message}`));
        } else resolved(stdout);
      },
    );
  });
}

const diagnostic =
  /^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)\): )?error (?<code>TS\d+): (?<text>.*)$/;

/** The first line of each complaint; the indented ones below only elaborate. */
export function parseDiagnostics(output: string, cwd: string): TypeProblem[] {
  return output.split(/\r?\n/).flatMap((line): TypeProblem[] => {
    const { file, line: at, column, code, text = '' } = diagnostic.exec(line)?.groups ?? {};
    if (code === undefined) return [];
    const said = `${text.replace(/\.$/, '')} (${code})`;
    if (file === undefined) return [{ file: undefined, message: said }];
    const absolute = isAbsolute(file) ? file : resolve(cwd, file);
    return [{ file: absolute, message: `${at}:${column} ${said}` }];
  });
}
