import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../architecture/source-files.ts';
import { type LoopbackRegistry, openRegistry } from './loopback-registry.ts';

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

/** A folder outside the repository with the packed package and, in `deployment`, a project that has it installed. */
export interface ConsumerProject {
  readonly directory: string;
  readonly tarball: string;
  /** Bytes of the tarball. */
  readonly tarballBytes: number;
  readonly files: readonly PackedFile[];
  /** What npm asked the registry for in vain. */
  readonly unknownPackages: ReadonlySet<string>;
  /** The command, as npm links it, in a folder. */
  greengate(folder: string, ...args: string[]): Promise<Ended>;
  /** A program of an installed package, as npm links it. */
  run(folder: string, program: 'cdk' | 'tsc', ...args: string[]): Promise<Ended>;
  npm(folder: string, ...args: string[]): Promise<Ended>;
  remove(): void;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Older than what the package says it works with. */
export const olderCdk = { name: 'aws-cdk-lib', version: '2.275.0' };

/**
 * Packs this repository, lets `npx` start the package's `init` and `npm install` it, as docs/how-to/start-a-project.md
 * says. The registry is one on loopback, of the packages that this repository has; npm, its resolution of ranges, peers and
 * commands are the real ones. Folders beside `deployment` find what is installed there.
 */
export async function packAndInstall(): Promise<ConsumerProject> {
  // Real, because the compiler names real paths.
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'greengate-consumer-')));
  const { filename, size, files } = packInto(directory);
  const tarball = join(directory, filename);
  const registry = await openRegistry({ alsoNamed: [olderCdk] });
  const env = environment(directory, registry);
  const linked = join(directory, 'deployment/node_modules/.bin');
  const run = (folder: string, command: string, args: readonly string[]) =>
    runCommand(join(directory, folder), command, args, env);
  const consumer: ConsumerProject = {
    ...{ directory, tarball, files, tarballBytes: size, unknownPackages: registry.unknown },
    greengate: (folder, ...args) => run(folder, join(linked, 'greengate'), args),
    run: (folder, program, ...args) => run(folder, join(linked, program), args),
    npm: (folder, ...args) => run(folder, 'npm', args),
    remove() {
      registry.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    const init = ['greengate', 'init', 'deployment', '--new', '--service', 'shop'];
    succeed(await run('.', 'npx', ['--yes', '--package', `./${filename}`, ...init]));
    succeed(await consumer.npm('deployment', 'install', '--save-dev', `../${filename}`));
    symlinkSync('deployment/node_modules', join(directory, 'node_modules'));
    return consumer;
  } catch (error) {
    consumer.remove();
    throw error;
  }
}

function packInto(directory: string) {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--silent', '--pack-destination', directory],
    { cwd: repositoryRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [packed] = JSON.parse(output.slice(output.indexOf('['))) as {
    readonly filename: string;
    readonly size: number;
    readonly files: readonly PackedFile[];
  }[];
  if (packed === undefined) throw new Error(`npm pack named no tarball: ${output}`);
  return packed;
}

/** Nothing of the machine's npm settings; and whoever wants out to the network meets a closed door. */
function environment(directory: string, { url }: LoopbackRegistry): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: directory,
    TMPDIR: tmpdir(),
    CDK_DISABLE_VERSION_CHECK: '1',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1',
    npm_config_registry: url,
    npm_config_cache: join(directory, '.npm'),
    npm_config_globalconfig: join(directory, 'no-npmrc'),
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
}

function succeed({ code, stdout, stderr }: Ended): void {
  if (code !== 0) throw new Error(`npm ended with ${code}:\n${stdout}\n${stderr}`);
}

function runCommand(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
