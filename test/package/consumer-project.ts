import { execFile, execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../architecture/source-files.ts';

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

/** A folder outside the repository that has the package installed. */
export interface ConsumerProject {
  readonly directory: string;
  /** Bytes of the tarball. */
  readonly tarballBytes: number;
  readonly files: readonly PackedFile[];
  /** The command, as npm links it, in a folder of the project. */
  greengate(folder: string, ...args: string[]): Promise<Ended>;
  /** A program of an installed package. */
  run(folder: string, program: 'cdk' | 'tsc', ...args: string[]): Promise<Ended>;
  remove(): void;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const programs = { cdk: 'aws-cdk/bin/cdk', tsc: 'typescript/bin/tsc' };

/**
 * Packs this repository and installs the tarball as npm would, but without a registry: the tarball is unpacked into
 * node_modules, and every package beside it is a link to the one that this repository has, of the same version. Whatever
 * the package lacks is then missing here as well, dependencies apart.
 */
export function packAndInstall(): ConsumerProject {
  // Real, because the compiler names real paths.
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'greengate-consumer-')));
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--silent', '--pack-destination', directory],
    {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [packed] = JSON.parse(output.slice(output.indexOf('[')));
  execFileSync('tar', ['-xzf', join(directory, packed.filename), '-C', directory]);
  const modules = join(directory, 'node_modules');
  mkdirSync(modules);
  renameSync(join(directory, 'package'), join(modules, 'greengate'));
  for (const name of readdirSync(join(repositoryRoot, 'node_modules'))) {
    if (name.startsWith('.') || name === 'greengate') continue;
    symlinkSync(join(repositoryRoot, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  const node = (folder: string, script: string, args: readonly string[]) =>
    runNode(join(directory, folder), [join(modules, script), ...args]);
  return {
    directory,
    tarballBytes: packed.size,
    files: packed.files,
    greengate: (folder, ...args) => node(folder, 'greengate/dist/greengate.js', args),
    run: (folder, program, ...args) => node(folder, programs[program], args),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function runNode(cwd: string, args: readonly string[]): Promise<Ended> {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    TMPDIR: tmpdir(),
    // The CDK asks for a newer version of itself; and whoever else wants out meets a closed door.
    CDK_DISABLE_VERSION_CHECK: '1',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
