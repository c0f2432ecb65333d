import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../core/world.ts';
import { containerVariable, endProcesses } from '../process/end-processes.mjs';
import { type Deferred, deferred } from './deferred.ts';
import { environmentVariables } from './environment-variables.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { initStartLine } from './init-start-line.ts';
import { mayWriteLogs } from './log-permission.ts';
import { readOutputLines } from './output-lines.ts';
import { type RuntimeAnswer, RuntimeApi, type RuntimeJob } from './runtime-api.ts';
import { runtimeFlags } from './runtime-flags.ts';

const bootstrap = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));

/** Real milliseconds for output that is still in the pipes of an ended process. */
const longestFlushMs = 200;

export type EnvironmentState =
  | { readonly state: 'idle' }
  /** `reason` as Lambda words it: `exit status 1`, `signal: killed`. */
  | { readonly state: 'gone'; readonly reason: string; readonly initError: string | undefined };

export type EnvironmentOutcome =
  | (RuntimeAnswer & { readonly state: 'answered' })
  | Extract<EnvironmentState, { state: 'gone' }>;

/** One sandbox of a function: a Node.js process that takes one invocation at a time. */
export class ExecutionEnvironment {
  readonly logStream: string;
  /** Where lines go: those of the init phase to the log stream, later the current invocation's. */
  onLine: (line: string) => void;
  /** Lets virtual time pass while the function sleeps; set for each invocation. */
  onSleep: (ms: number) => Promise<void> = async () => {};
  readonly #world: World;
  readonly #definition: FunctionDefinition;
  readonly #version: string;
  readonly #api: RuntimeApi;
  readonly #container = randomUUID();
  readonly #gone = deferred<Extract<EnvironmentState, { state: 'gone' }>>();
  #polled = deferred<void>();
  #answered = deferred<RuntimeAnswer>();
  #flushed: Deferred<void> = deferred();
  #markers = 0;
  #initError: string | undefined;
  #child: ChildProcess | undefined;
  #alive = true;
  #killed = false;

  constructor(world: World, definition: FunctionDefinition, version: string) {
    this.#world = world;
    this.#definition = definition;
    this.#version = version;
    const date = new Date(world.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.logStream = `${date}/[${version}]${world.ids.hex(32)}`;
    const kept = mayWriteLogs(world, definition, this.logStream);
    this.onLine = (line) => {
      if (kept) world.services.logs.append(definition.logging.LogGroup, this.logStream, line);
    };
    this.#api = new RuntimeApi({
      polled: () => this.#polled.resolve(),
      answered: (answer) => this.#answered.resolve(answer),
      initFailed: (body) => {
        this.#initError = body;
      },
      sleep: (ms) => this.onSleep(ms),
      simulation: () => ({
        nowMs: world.clock.now(),
        timeJumps: world.clock.mode === 'skip',
        routes: world.network.table(),
      }),
    });
  }

  async start(): Promise<void> {
    this.onLine(initStartLine(this.#world, this.#definition));
    try {
      const runtimeApi = await this.#api.listen();
      const scratchDirectory = join(this.#world.directory, 'lambda', this.logStream.slice(-8));
      await mkdir(scratchDirectory, { recursive: true });
      if (this.#killed) this.#leave('signal: killed');
      else this.#spawn(runtimeApi, scratchDirectory);
    } catch (error) {
      this.#leave(String(error));
      throw error;
    }
  }

  #spawn(runtimeApi: string, scratchDirectory: string): void {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${this.#definition.memoryMb}`,
        '--enable-source-maps',
        ...runtimeFlags(this.#definition.runtime, this.#definition.environment.NODE_OPTIONS),
        bootstrap,
      ],
      {
        cwd: this.#definition.codeDirectory,
        env: {
          ...environmentVariables(this.#world, this.#definition, this.#version, {
            runtimeApi,
            scratchDirectory,
            logStream: this.logStream,
          }),
          [containerVariable]: this.#container,
          GREENGATE_MEMORY_BYTES: String(
            (this.#definition.memoryMb + this.#world.settings.functionMemoryAllowanceMb) *
              1024 *
              1024,
          ),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      readOutputLines(
        stream,
        (line) => this.onLine(line),
        () => {
          if (++this.#markers === 2) this.#flushed.resolve();
        },
      );
    }
    child.once('error', (error) => this.#leave(error.message));
    child.once('exit', (code, signal) => {
      const reason = code === null ? `signal: ${signalText(signal)}` : `exit status ${code}`;
      this.#endProcesses();
      const flushed = setTimeout(() => this.#leave(reason), longestFlushMs);
      child.once('close', () => {
        clearTimeout(flushed);
        this.#leave(reason);
      });
    });
  }

  /** False once the process has ended. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Settles when the environment waits for work, or has ended. */
  whenIdle(): Promise<EnvironmentState> {
    return Promise.race([
      this.#polled.promise.then(() => ({ state: 'idle' }) as const),
      this.#gone.promise,
    ]);
  }

  /** Settles once the answer is there, its output is read, and the environment is idle again or gone. */
  async invoke(job: RuntimeJob): Promise<EnvironmentOutcome> {
    this.#polled = deferred();
    this.#answered = deferred();
    this.#flushed = deferred();
    this.#markers = 0;
    this.#api.dispatch(job);
    const answered = this.#answered.promise.then(
      (answer) => ({ state: 'answered', ...answer }) as const,
    );
    const outcome = await Promise.race([answered, this.#gone.promise]);
    await Promise.race([this.#flushed.promise, this.#gone.promise]);
    await this.whenIdle();
    return outcome;
  }

  async kill(): Promise<void> {
    this.#killed = true;
    if (this.#alive) this.#endProcesses();
    await this.#gone.promise;
  }

  /** Its own process and all that it started: nothing outlives an environment. */
  #endProcesses(): void {
    const group = this.#child?.pid;
    if (group !== undefined) endProcesses({ group, container: this.#container });
  }

  #leave(reason: string): void {
    this.#alive = false;
    this.#gone.resolve({ state: 'gone', reason, initError: this.#initError });
    void this.#api.close();
  }
}

function signalText(signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'killed';
  if (signal === 'SIGABRT') return 'aborted (core dumped)';
  return String(signal).toLowerCase();
}
