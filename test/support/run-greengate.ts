import { spawn } from 'node:child_process';
import { repositoryRoot } from '../architecture/source-files.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Ctrl-C is pressed once this text was printed. */
  readonly interruptAt?: string;
  /** Called with all that was printed to stdout so far, whenever there is more of it. */
  readonly onOutput?: (printed: string) => void;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the command as a person or a CI job would: a process of its own, against the endpoint of a simulator. */
export function runGreengate(
  endpoint: string,
  args: readonly string[],
  { interruptAt, onOutput, environment = {} }: RunOptions = {},
): Promise<Ended> {
  const child = spawn('node', ['--import', 'tsx', 'cli/greengate.ts', ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let wasInterrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    onOutput?.(stdout);
    if (wasInterrupted || interruptAt === undefined || !stdout.includes(interruptAt)) return;
    // Once: a second Ctrl-C ends a command that is letting go already.
    wasInterrupted = true;
    child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** Arguments that follow the release of a pushed image of the sample. */
export function waitFor(digest: string, ...more: string[]): string[] {
  const image = `team/shop@${digest}`;
  return ['wait', '--service', 'shop', '--image', image, '--interval', '1s', ...more];
}
