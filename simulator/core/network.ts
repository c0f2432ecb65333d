import type { SocketAddress } from './services.ts';

/**
 * Names and addresses of the simulated network: `host:port` as AWS would show it (a balancer's DNS name,
 * a task's private address) to the loopback socket that really listens. Child processes (functions,
 * workloads) are given this table, so the code inside connects to AWS-shaped addresses unchanged.
 */
export class Network {
  readonly #routes = new Map<string, SocketAddress>();

  route(host: string, port: number, address: SocketAddress): void {
    this.#routes.set(`${host.toLowerCase()}:${port}`, address);
  }

  unroute(host: string, port: number): void {
    this.#routes.delete(`${host.toLowerCase()}:${port}`);
  }

  resolve(host: string, port: number): SocketAddress | undefined {
    return this.#routes.get(`${host.toLowerCase()}:${port}`);
  }

  /** `{ "host:port": "127.0.0.1:54321" }`, the form handed to child processes as JSON. */
  table(): Record<string, string> {
    return Object.fromEntries(
      [...this.#routes].map(([name, { host, port }]) => [name, `${host}:${port}`]),
    );
  }
}
