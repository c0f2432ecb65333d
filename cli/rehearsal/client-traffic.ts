import http from 'node:http';

export interface ClientTrafficOptions {
  readonly host: string;
  readonly port: number;
  readonly paths: readonly string[];
  readonly requestsPerSecond: number;
}

export interface ClientTrafficTotals {
  requests: number;
  /** Answers of 500 and above, and requests without an answer. */
  errors: number;
  readonly byStatus: Record<string, number>;
}

const requestTimeoutMs = 10_000;

/**
 * Open-loop client traffic: requests leave at fixed times whether or not earlier ones were answered,
 * so a slow release cannot hide behind its own slowness. Runs in real time and does not hold the clock.
 */
export class ClientTraffic {
  readonly totals: ClientTrafficTotals = { requests: 0, errors: 0, byStatus: {} };
  readonly #options: ClientTrafficOptions;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  readonly #pending = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #startedAtMs = 0;

  constructor(options: ClientTrafficOptions) {
    this.#options = options;
  }

  start(): void {
    this.#startedAtMs = performance.now();
    this.#scheduleNext();
  }

  /** Sends nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all(this.#pending);
    this.#agent.destroy();
  }

  #scheduleNext(): void {
    const dueMs = this.#startedAtMs + (this.#sent * 1_000) / this.#options.requestsPerSecond;
    this.#timer = setTimeout(
      () => {
        this.#sendOne();
        this.#scheduleNext();
      },
      Math.max(0, dueMs - performance.now()),
    );
  }

  #sendOne(): void {
    const { paths } = this.#options;
    const path = paths[this.#sent % paths.length] ?? '/';
    this.#sent++;
    const done = this.#request(path).then((status) => {
      this.totals.requests++;
      const key = status === undefined ? 'no answer' : String(status);
      this.totals.byStatus[key] = (this.totals.byStatus[key] ?? 0) + 1;
      if (status === undefined || status >= 500) this.totals.errors++;
      this.#pending.delete(done);
    });
    this.#pending.add(done);
  }

  #request(path: string): Promise<number | undefined> {
    const { host, port } = this.#options;
    return new Promise((resolve) => {
      const request = http.get(
        {
          host,
          port,
          path,
          agent: this.#agent,
          timeout: requestTimeoutMs,
          headers: { host: 'shop.example', 'user-agent': 'rehearsal-client' },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode));
          response.once('error', () => resolve(undefined));
        },
      );
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.once('error', () => resolve(undefined));
    });
  }
}
