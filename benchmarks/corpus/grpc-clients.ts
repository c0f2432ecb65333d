import { type ClientHttp2Session, connect } from 'node:http2';
import type { Clients, ClientTrafficTotals } from '../../cli/rehearsal/client-traffic.ts';
import type { SocketAddress } from '../../simulator/core/services.ts';

const domainName = 'shop.example';
/** grpc.health.v1.HealthCheckRequest for the service shop.Catalogue, with its length before it. */
const request = Buffer.concat([
  Buffer.from([0, 0, 0, 0, 16, 0x0a, 14]),
  Buffer.from('shop.Catalogue'),
]);

/** Clients of a gRPC service: unary calls over one HTTP/2 connection, at fixed times. */
export class GrpcClients implements Clients {
  readonly totals: ClientTrafficTotals = { requests: 0, errors: 0, byStatus: {} };
  readonly #listener: SocketAddress;
  readonly #ca: string;
  readonly #pending = new Set<Promise<void>>();
  #requestsPerSecond: number;
  #session: ClientHttp2Session | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(listener: SocketAddress, ca: string, requestsPerSecond: number) {
    this.#listener = listener;
    this.#ca = ca;
    this.#requestsPerSecond = requestsPerSecond;
  }

  start(): void {
    this.#timer = setInterval(() => this.#call(), 1_000 / this.#requestsPerSecond);
  }

  setPace(requestsPerSecond: number): void {
    this.#requestsPerSecond = requestsPerSecond;
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await Promise.all(this.#pending);
    this.#session?.destroy();
  }

  #call(): void {
    const stream = this.#connected().request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'rehearsal-client',
    });
    let status: number | undefined;
    stream.on('response', (headers) => {
      status = headers[':status'];
    });
    stream.on('error', () => {});
    stream.resume();
    const done = new Promise<void>((resolve) => stream.once('close', resolve)).then(() => {
      this.#pending.delete(done);
      this.totals.requests++;
      const key = status === undefined ? 'no answer' : String(status);
      this.totals.byStatus[key] = (this.totals.byStatus[key] ?? 0) + 1;
      if (status !== 200) this.totals.errors++;
    });
    this.#pending.add(done);
    stream.end(request);
  }

  #connected(): ClientHttp2Session {
    const current = this.#session;
    if (current && !current.closed && !current.destroyed) return current;
    const { host, port } = this.#listener;
    const session = connect(`https://${domainName}`, {
      host,
      port,
      ca: this.#ca,
      servername: domainName,
    });
    session.on('error', () => {});
    this.#session = session;
    return session;
  }
}
