import http from 'node:http';
import type { ClientRequest } from '../../../cli/rehearsal/client-traffic.ts';
import type { SocketAddress } from '../../../simulator/core/services.ts';
import { ContainerProcess } from '../../../simulator/ecs/container-process.ts';
import type { CorpusEntry } from '../entry.ts';
import { buildArgumentsOf, workloadDirectory } from '../workload.ts';

const containerPort = 8_080;
const readinessChecks = 5;
const stopGraceMs = 500;

/** One container of a release, restarted when it ends, as an orchestrator would. */
export class CanaryContainer {
  readonly #entry: CorpusEntry;
  #process: ContainerProcess | undefined;
  #address: SocketAddress | undefined;
  #restarts = 0;

  constructor(entry: CorpusEntry) {
    this.#entry = entry;
  }

  /** Resolves with whether it became ready: it listens, and one of five health checks is answered with 200. */
  async start(): Promise<boolean> {
    const started = new ContainerProcess({
      command: { args: ['server.mjs'], cwd: workloadDirectory },
      environment: {
        ...buildArgumentsOf(this.#entry),
        VERSION: 'v2',
        HOSTNAME: `replay-${this.#restarts++}`,
      },
      routes: {},
      ports: [containerPort],
      onListen: (port, address) => {
        if (port === containerPort) this.#address = address;
      },
      onOutput: () => {},
    });
    this.#process = started;
    void started.exited.then(() => {
      if (this.#process === started) this.#address = undefined;
    });
    await started.started();
    for (let check = 0; check < readinessChecks; check++) {
      if ((await this.request({ path: '/health' }, 1_000)) === 200) return true;
    }
    return false;
  }

  /** The status, undefined without an answer. */
  async request(
    { path, method = 'GET', headers }: ClientRequest,
    timeoutMs: number,
  ): Promise<number | undefined> {
    const address = this.#address;
    if (!address) return undefined;
    return new Promise((resolve) => {
      const request = http.request(
        {
          ...address,
          path,
          method,
          headers: { host: 'shop.example', ...headers },
          agent: false,
          signal: AbortSignal.timeout(timeoutMs),
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode));
          response.once('error', () => resolve(undefined));
        },
      );
      request.once('error', () => resolve(undefined));
      request.end();
    });
  }

  get isRunning(): boolean {
    return this.#address !== undefined;
  }

  async stop(): Promise<void> {
    await this.#process?.stop(stopGraceMs);
  }
}
