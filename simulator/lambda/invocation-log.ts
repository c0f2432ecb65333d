import type { World } from '../core/world.ts';
import type { QualifiedFunction } from './function-definition.ts';
import type { FunctionError } from './function-error.ts';
import { mayWriteLogs } from './log-permission.ts';

/** LogResult of an invocation carries at most the last 4 KB. */
const tailBytes = 4096;

export interface InvocationReport {
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
  readonly maxMemoryMb: number | undefined;
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
}

/** The lines of one invocation in CloudWatch Logs: START, the function's own, END and REPORT. */
export class InvocationLog {
  readonly #world: World;
  readonly #target: QualifiedFunction;
  readonly #logStream: string;
  readonly #requestId: string;
  readonly #kept: boolean;
  #text = '';

  constructor(world: World, target: QualifiedFunction, logStream: string, requestId: string) {
    this.#world = world;
    this.#target = target;
    this.#logStream = logStream;
    this.#requestId = requestId;
    this.#kept = mayWriteLogs(world, target.definition, logStream);
  }

  append(line: string): void {
    const group = this.#target.definition.logging.LogGroup;
    if (this.#kept) this.#world.services.logs.append(group, this.#logStream, line);
    this.#text = `${this.#text}${line}\n`.slice(-2 * tailBytes);
  }

  start(): void {
    this.#platform(
      'platform.start',
      { version: this.#target.version },
      `START RequestId: ${this.#requestId} Version: ${this.#target.version}`,
    );
  }

  timedOut(timeoutSeconds: number): void {
    const time = new Date(this.#world.clock.now()).toISOString();
    this.append(
      `${time} ${this.#requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    );
  }

  end(report: InvocationReport): void {
    const { durationMs, initDurationMs, maxMemoryMb } = report;
    const { memoryMb } = this.#target.definition;
    const billedMs = Math.ceil(durationMs + (initDurationMs ?? 0));
    const parts = [
      `Duration: ${durationMs.toFixed(2)} ms`,
      `Billed Duration: ${billedMs} ms`,
      `Memory Size: ${memoryMb} MB`,
      `Max Memory Used: ${maxMemoryMb ?? memoryMb} MB`,
      ...(initDurationMs === undefined ? [] : [`Init Duration: ${initDurationMs.toFixed(2)} ms`]),
      ...(report.status ? [`Status: ${report.status}`] : []),
      ...(report.errorType ? [`Error Type: ${report.errorType}`] : []),
    ];
    if (this.#target.definition.logging.LogFormat === 'Text') {
      this.append(`END RequestId: ${this.#requestId}`);
    }
    this.#platform(
      'platform.report',
      {
        status: report.status ?? 'success',
        ...(report.errorType && { errorType: report.errorType }),
        metrics: {
          durationMs: rounded(durationMs),
          billedDurationMs: billedMs,
          memorySizeMB: memoryMb,
          maxMemoryUsedMB: maxMemoryMb ?? memoryMb,
          ...(initDurationMs !== undefined && { initDurationMs: rounded(initDurationMs) }),
        },
      },
      `REPORT RequestId: ${this.#requestId}\t${parts.join('\t')}`,
    );
  }

  /** The platform's own word on an environment that ended, behind the report where logs are text. */
  exited(error: FunctionError): void {
    if (this.#target.definition.logging.LogFormat === 'JSON') return;
    this.append(`${error.errorMessage}\n${error.errorType}`);
  }

  /** Base64 of the last 4 KB, as Invoke returns it for LogType Tail. */
  tail(): string {
    return Buffer.from(this.#text).subarray(-tailBytes).toString('base64');
  }

  #platform(type: string, record: object, text: string): void {
    if (this.#target.definition.logging.LogFormat === 'Text') {
      this.append(text);
      return;
    }
    const time = new Date(this.#world.clock.now()).toISOString();
    this.append(JSON.stringify({ time, type, record: { requestId: this.#requestId, ...record } }));
  }
}

/** To hundredths, as the text form shows them. */
function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
