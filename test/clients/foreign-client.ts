import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';

export interface ClientAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Clients are programs of their own, with seconds of start each, on whatever machine. */
export const clientTimeoutMs = 600_000;

/**
 * Why a client's tests cannot run here, said once on stderr; undefined when they can. A test passes it to
 * `context.skip`, so that the report shows it as well.
 */
export function missingClient(program: string, ...args: string[]): string | undefined {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return undefined;
  } catch {
    return announceSkip(program, 'is not on this machine');
  }
}

export function announceSkip(program: string, why: string): string {
  const note = `skipped: ${program} ${why}`;
  process.stderr.write(`${note}\n`);
  return note;
}

/** A simulator, a scratch folder, and programs that are pointed at the one and run in the other. */
export class ForeignClient {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(simulator: Simulator, folder: string) {
    this.simulator = simulator;
    this.folder = folder;
    const { PATH, PYENV_ROOT, TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR, HOME, DOCKER_HOST } =
      process.env;
    this.#environment = {
      // Nothing of the person's own account, but where programs and their plugins lie.
      ...defined({ PATH, PYENV_ROOT, TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR, HOME, DOCKER_HOST }),
      AWS_ENDPOINT_URL: simulator.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'me',
      AWS_SECRET_ACCESS_KEY: 'me',
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      DOCKER_CONFIG: join(folder, 'docker'),
      REGISTRY_AUTH_FILE: join(folder, 'registries.json'),
      CHECKPOINT_DISABLE: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_HOME: join(folder, 'cdk-home'),
      // Whatever would leave this machine fails at once instead.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1,localhost',
    };
  }

  static async start(): Promise<ForeignClient> {
    const folder = await mkdtemp(join(tmpdir(), 'greengate-client-'));
    return new ForeignClient(await createSimulator(), folder);
  }

  run(program: string, args: readonly string[]): Promise<ClientAnswer> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: this.#environment, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(program, args, options, (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  /** Output of a program that must succeed; throws with what it said. */
  async output(program: string, args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(program, args);
    if (exitCode === 0) return stdout.trim();
    throw new Error(`${program} ${args.join(' ')}: exit code ${exitCode}\n${stdout}\n${stderr}`);
  }

  async stop(): Promise<void> {
    await this.simulator.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((each): each is [string, string] => each[1] !== undefined),
  );
}
