import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { responseLimitBytes } from './function-error.ts';

export interface RuntimeJob {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  /** Virtual epoch milliseconds. */
  readonly deadlineMs: number;
  readonly invokedArn: string;
  readonly traceId: string;
}

export interface RuntimeAnswer {
  readonly kind: 'response' | 'error';
  /** JSON text. */
  readonly body: string;
  readonly maxMemoryMb: number | undefined;
}

export interface RuntimeApiEvents {
  /** The environment asks for its next invocation, thus is initialized and idle. */
  polled(): void;
  answered(answer: RuntimeAnswer): void;
  initFailed(body: string): void;
  /** The function sleeps: let virtual time pass. */
  sleep(ms: number): Promise<void>;
  /** What the environment synchronizes with before each invocation and after each sleep. */
  simulation(): {
    nowMs: number;
    /** Whether waits may be jumped over (TimeMode `skip`). */
    timeJumps: boolean;
    routes: Readonly<Record<string, string>>;
  };
}

const prefix = '/2018-06-01/runtime';
const sleepPath = '/simulation/sleep?ms=';

/** The Lambda Runtime API of one execution environment, on its own loopback port. */
export class RuntimeApi {
  readonly #events: RuntimeApiEvents;
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  #poll: ServerResponse | undefined;

  constructor(events: RuntimeApiEvents) {
    this.#events = events;
  }

  /** Resolves with `127.0.0.1:PORT`. */
  async listen(): Promise<string> {
    // The environment keeps its connections for the next call, whenever that is.
    this.#server.keepAliveTimeout = 0;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  dispatch(job: RuntimeJob): void {
    const poll = this.#poll;
    if (!poll) throw new Error(`Cannot dispatch ${job.requestId}: the environment is not idle`);
    this.#poll = undefined;
    poll.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': job.requestId,
      'lambda-runtime-deadline-ms': job.deadlineMs,
      'lambda-runtime-invoked-function-arn': job.invokedArn,
      'lambda-runtime-trace-id': job.traceId,
    });
    poll.end(job.payload);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.startsWith(sleepPath)) await this.#events.sleep(Number(path.slice(sleepPath.length)));
    if (path.startsWith('/simulation')) {
      response.end(JSON.stringify(this.#events.simulation()));
      return;
    }
    if (path === `${prefix}/invocation/next`) {
      this.#poll = response;
      this.#events.polled();
      return;
    }
    const body = await boundedText(request);
    response.writeHead(202).end();
    if (path === `${prefix}/init/error`) return this.#events.initFailed(body);
    const maxMemoryKb = Number(request.headers['simulator-max-memory-kb']);
    this.#events.answered({
      kind: path.endsWith('/error') ? 'error' : 'response',
      body,
      maxMemoryMb: Number.isFinite(maxMemoryKb) ? Math.ceil(maxMemoryKb / 1024) : undefined,
    });
  }
}

/** No more of it than shows that it is too large. */
async function boundedText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (bytes <= responseLimitBytes) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}
