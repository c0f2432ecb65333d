import type { World } from '../core/world.ts';
import type { EnvironmentOutcome, ExecutionEnvironment } from './execution-environment.ts';
import type { QualifiedFunction } from './function-definition.ts';
import { errorOf, timeoutError } from './function-error.ts';
import type { InterruptibleHold } from './interruptible-hold.ts';
import { InvocationLog } from './invocation-log.ts';

export interface RunResult {
  /** What the function returned, or the error shape. */
  readonly payload: unknown;
  readonly failed: boolean;
  readonly logTail: string;
}

export interface RunningInvocationOptions {
  readonly world: World;
  readonly target: QualifiedFunction;
  readonly requestId: string;
  readonly invokedArn: string;
  readonly hold: InterruptibleHold;
}

/** One invocation from START to REPORT. */
export class RunningInvocation {
  readonly #world: World;
  readonly #target: QualifiedFunction;
  readonly #requestId: string;
  readonly #invokedArn: string;
  readonly #hold: InterruptibleHold;

  constructor(options: RunningInvocationOptions) {
    this.#world = options.world;
    this.#target = options.target;
    this.#requestId = options.requestId;
    this.#invokedArn = options.invokedArn;
    this.#hold = options.hold;
  }

  /** `init` is given for a cold start; its duration is unknown when the init phase was repeated. */
  async run(
    environment: ExecutionEnvironment,
    payload: unknown,
    init?: { readonly durationMs: number | undefined },
  ): Promise<RunResult> {
    const { name, timeoutSeconds } = this.#target.definition;
    const { clock, journal } = this.#world;
    const requestId = this.#requestId;
    const log = new InvocationLog(this.#world, this.#target, environment.logStream, requestId);
    journal.record('lambda.started', {
      functionName: name,
      requestId,
      coldStart: init !== undefined,
    });
    log.start();
    environment.onLine = (line) => log.append(line);
    environment.onSleep = (ms) => this.#hold.pause(ms);

    // By the virtual clock, which includes what the function slept: Lambda bills that as well.
    const startedAtMs = clock.now();
    let timedOut = false as boolean;
    const cancelDeadline = clock.schedule(timeoutSeconds * 1000, () => {
      timedOut = true;
      this.#hold.resume();
      void environment.kill();
    });
    const outcome = await this.#invoke(environment, payload, clock.now() + timeoutSeconds * 1000);
    cancelDeadline();

    const durationMs = timedOut ? timeoutSeconds * 1000 : clock.now() - startedAtMs;
    const error = timedOut ? timeoutError(requestId, timeoutSeconds) : errorOf(outcome, requestId);
    const crash = outcome.state === 'gone' && !timedOut ? error : undefined;
    if (timedOut) log.timedOut(timeoutSeconds);
    log.end({
      durationMs,
      initDurationMs: init?.durationMs,
      maxMemoryMb: outcome.state === 'answered' ? outcome.maxMemoryMb : undefined,
      ...(timedOut && { status: 'timeout' }),
      ...(crash && { status: 'error', errorType: crash.errorType }),
    });
    if (crash?.errorType === 'Runtime.ExitError') log.exited(crash);
    journal.record('lambda.ended', {
      functionName: name,
      requestId,
      durationMs: Math.round(durationMs),
      ...(error && { errorType: error.errorType }),
    });
    if (error) return { payload: error, failed: true, logTail: log.tail() };
    const body = outcome.state === 'answered' ? outcome.body : 'null';
    return { payload: JSON.parse(body), failed: false, logTail: log.tail() };
  }

  async #invoke(
    environment: ExecutionEnvironment,
    payload: unknown,
    deadlineMs: number,
  ): Promise<EnvironmentOutcome> {
    const state = await environment.whenIdle();
    if (state.state === 'gone') return state;
    return environment.invoke({
      requestId: this.#requestId,
      payload: JSON.stringify(payload) ?? 'null',
      deadlineMs,
      invokedArn: this.#invokedArn,
      traceId: this.#traceId(),
    });
  }

  #traceId(): string {
    const { ids } = this.#world;
    const sampled = this.#target.definition.tracing === 'Active' ? 1 : 0;
    return `Root=1-${ids.hex(8)}-${ids.hex(24)};Parent=${ids.hex(16)};Sampled=${sampled}`;
  }
}
