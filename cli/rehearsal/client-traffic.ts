import http from 'node:http';
import https from 'node:https';

/** One request of a client; sent to the production listener again and again. */
export interface ClientRequest {
  readonly path: string;
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ClientTrafficOptions {
  readonly host: string;
  readonly port: number;
  readonly requests: readonly ClientRequest[];
  readonly requestsPerSecond: number;
  /** For an HTTPS listener: the authority that clients trust, PEM. */
  readonly ca?: string;
  /** How long a client waits for an answer, 10,000 by default. */
  readonly requestTimeoutMs?: number;
}

export interface ClientTrafficTotals {
  requests: number;
  /** Answers of 500 and above, and requests without an answer. */
  errors: number;
  readonly byStatus: Record<string, number>;
}

/** Somebody who uses production while releases are rehearsed. */
export interface Clients {
  readonly totals: ClientTrafficTotals;
  start(): void;
  /** Changes the pace from the next request on. */
  setPace(requestsPerSecond: number): void;
  /** Sends nothing more, and waits for what is under way for as long as one request may take. */
  stop(): Promise<void>;
}

const defaultRequestTimeoutMs = 10_000;
const clientHost = 'shop.example';

/**
 * Open-loop client traffic: requests leave at fixed times whether or not earlier ones were answered,
 * so a slow release cannot hide behind its own slowness. Runs in real time and does not hold the clock.
 */
export class ClientTraffic implements Clients {
  readonly totals: ClientTrafficTotals = { requests: 0, errors: 0, byStatus: {} };
  readonly #options: ClientTrafficOptions;
  readonly #agent: http.Agent;
  readonly #requestTimeoutMs: number;
  readonly #pending = new Set<Promise<void>>();
  readonly #open = new Set<http.ClientRequest>();
  #timer: NodeJS.Timeout | undefined;
  #requestsPerSecond: number;
  #sent = 0;
  #dueMs = 0;

  constructor(options: ClientTrafficOptions) {
    this.#options = options;
    this.#requestsPerSecond = options.requestsPerSecond;
    this.#requestTimeoutMs = options.requestTimeoutMs ?? defaultRequestTimeoutMs;
    const pooled = { keepAlive: true, maxSockets: 64 };
    this.#agent = options.ca
      ? new https.Agent({ ...pooled, ca: options.ca, servername: clientHost })
      : new http.Agent(pooled);
  }

  /** Requests that left, answered or not. */
  get sent(): number {
    return this.#sent;
  }

  start(): void {
    this.#dueMs = performance.now();
    this.#scheduleNext();
  }

  setPace(requestsPerSecond: number): void {
    this.#requestsPerSecond = requestsPerSecond;
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#dueMs = performance.now();
    this.#scheduleNext();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A release that never answers leaves hundreds waiting for a connection: together they get one time-out.
    const giveUp = setTimeout(() => {
      for (const request of this.#open) request.destroy(new Error('the client has gone'));
    }, this.#requestTimeoutMs);
    await Promise.all(this.#pending);
    clearTimeout(giveUp);
    this.#agent.destroy();
  }

  #scheduleNext(): void {
    this.#timer = setTimeout(
      () => {
        this.#sendOne();
        this.#dueMs += 1_000 / this.#requestsPerSecond;
        this.#scheduleNext();
      },
      Math.max(0, this.#dueMs - performance.now()),
    );
  }

  #sendOne(): void {
    const { requests } = this.#options;
    const request = requests[this.#sent % requests.length] ?? { path: '/' };
    this.#sent++;
    const done = this.#request(request).then((status) => {
      this.totals.requests++;
      const key = status === undefined ? 'no answer' : String(status);
      this.totals.byStatus[key] = (this.totals.byStatus[key] ?? 0) + 1;
      if (status === undefined || status >= 500) this.totals.errors++;
      this.#pending.delete(done);
    });
    this.#pending.add(done);
  }

  #request({ path, method = 'GET', headers }: ClientRequest): Promise<number | undefined> {
    const { host, port, ca } = this.#options;
    return new Promise((resolve) => {
      const request = (ca ? https : http).request(
        {
          host,
          port,
          path,
          method,
          agent: this.#agent,
          timeout: this.#requestTimeoutMs,
          headers: { host: clientHost, 'user-agent': 'rehearsal-client', ...headers },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode));
          response.once('error', () => resolve(undefined));
        },
      );
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.once('error', () => resolve(undefined));
      request.once('close', () => this.#open.delete(request));
      this.#open.add(request);
      request.end();
    });
  }
}
