import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import type { SocketAddress } from '../core/services.ts';
import { containerVariable, endProcesses } from '../process/end-processes.mjs';
import { type ProcessUsage, processUsage } from '../process/process-usage.ts';
import type { ContainerCommand } from './container-command.ts';
import { readContainerOutput } from './container-output.ts';
import { readContainerReport } from './container-report.ts';
import type { MountedFolder } from './mount-folders.ts';

const preload = new URL('../process/task-preload.mjs', import.meta.url).href;
/** Real milliseconds within which a server should listen; a slower one is RUNNING without an address. */
const longestStartMs = 5_000;
/** Real milliseconds for the expected port after another one was opened: a wrong port is wrong at every start. */
const longestFurtherPortMs = 500;
/** Real milliseconds for output that is still in the pipes of an ended process. */
const longestFlushMs = 200;
const killedExitCode = 137;

/** Folders of this machine, links resolved. */
export interface ContainerFileSystem {
  /** The container's root. */
  readonly root: string;
  /** The task's own, with all of its containers. */
  readonly own: string;
  readonly mounts: readonly MountedFolder[];
  readonly readOnlyRoot?: boolean | undefined;
}

export interface ContainerProcessOptions {
  readonly command: ContainerCommand;
  readonly environment: Readonly<Record<string, string>>;
  /** Simulated network, `host:port` to loopback address. */
  readonly routes: Readonly<Record<string, string>>;
  readonly fileSystem?: ContainerFileSystem | undefined;
  /** Ports whose listening makes the container ready. */
  readonly ports: readonly number[];
  /** Resident memory beyond which the container is killed; default no limit. */
  readonly memoryBytes?: number | undefined;
  readonly onListen: (containerPort: number, address: SocketAddress) => void;
  readonly onOutput: (line: string) => void;
}

/**
 * One container: a node process of this machine with the image's files and nothing of the host's environment.
 * It leads a process group of its own, which ends with it.
 */
export class ContainerProcess {
  /** Resolves with the exit code, 128 plus the number of a fatal signal. */
  readonly exited: Promise<number>;
  /** True once it was killed for its memory. */
  outOfMemory = false;
  readonly #child: ChildProcess;
  readonly #missing: Set<number>;
  #ready = () => {};

  constructor(options: ContainerProcessOptions) {
    const { command, environment, routes, memoryBytes, fileSystem } = options;
    const container = randomUUID();
    const task = { routes, container, memoryBytes, fileSystem };
    this.#child = spawn(process.execPath, ['--import', preload, ...command.args], {
      cwd: command.cwd,
      env: {
        ...environment,
        GREENGATE_TASK: JSON.stringify(task),
        [containerVariable]: container,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.#missing = new Set(options.ports);
    const [, stdout, stderr, report] = this.#child.stdio as Readable[];
    for (const stream of [stdout, stderr]) {
      if (stream) readContainerOutput(stream, options.onOutput);
    }
    if (report) {
      readContainerReport(report, {
        onListen: (containerPort, port) => {
          options.onListen(containerPort, { host: '127.0.0.1', port });
          const expected = this.#missing.delete(containerPort);
          if (this.#missing.size === 0) this.#ready();
          else if (!expected) setTimeout(() => this.#ready(), longestFurtherPortMs).unref();
        },
        onOutOfMemory: () => {
          this.outOfMemory = true;
        },
      });
    }
    this.exited = exitOf(this.#child, container);
  }

  /** What its first process has used; undefined once it has ended. */
  usage(): ProcessUsage | undefined {
    return processUsage(this.#child.pid);
  }

  /** Settles when the container listens, has ended, or took too long to do either. */
  async started(): Promise<void> {
    if (this.#missing.size === 0) return;
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, longestStartMs);
      this.#ready = () => {
        clearTimeout(giveUp);
        resolve();
      };
      void this.exited.then(this.#ready);
    });
  }

  /** Tells the container that its task listens on `localhost:containerPort`, whichever container it is. */
  tellSibling(containerPort: number, { host, port }: SocketAddress): void {
    const report = this.#child.stdio[3] as Duplex | undefined;
    if (!report?.writable) return;
    report.write(`${JSON.stringify({ containerPort, address: `${host}:${port}` })}\n`);
  }

  /** SIGTERM, then SIGKILL after `graceMs` of real time. */
  async stop(graceMs: number): Promise<number> {
    this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    const code = await this.exited;
    clearTimeout(kill);
    return code;
  }
}

function exitOf(child: ChildProcess, container: string): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(killedExitCode));
    child.once('exit', (code, signal) => {
      // A container's other processes end with its first one, as in a process namespace.
      endProcesses({ group: child.pid, container });
      const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 9);
      const flushed = setTimeout(() => resolve(exitCode), longestFlushMs);
      child.once('close', () => {
        clearTimeout(flushed);
        resolve(exitCode);
      });
    });
  });
}
