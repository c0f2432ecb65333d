import { type IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type Dispatcher, errors, Pool } from 'undici';
import type { SocketAddress } from '../core/services.ts';
import { sendError } from './balancer-responses.ts';
import { type ClientRequest, type ClientResponse, hasBody } from './client-request.ts';
import { headersForClient } from './forwarded-headers.ts';

/** Status that the balancer's own log gives to a request whose client went away. */
export const clientClosedStatus = 460;

export interface Proxied {
  /** Status of the target's answer, or the balancer's own: 502, 504, 460. */
  readonly status: number;
  readonly answeredByTarget: boolean;
}

export interface ProxyTarget {
  readonly address: SocketAddress;
  readonly headers: string[];
  /** Set-Cookie values that the balancer adds to the target's answer. */
  readonly cookies?: ((answered: IncomingHttpHeaders) => string[]) | undefined;
  /** Longest silence of the target, real milliseconds (attribute `idle_timeout.timeout_seconds`). */
  readonly idleTimeoutMs: number;
}

/** Connections to targets, kept alive between requests; streams both ways through `Pool.dispatch`. */
export class RequestProxy {
  readonly #pools = new Map<string, Pool>();

  forward(request: ClientRequest, response: ClientResponse, target: ProxyTarget): Promise<Proxied> {
    return new Promise((resolve) => {
      let controller: Dispatcher.DispatchController | undefined;
      let status: number | undefined;
      let clientGone = false;
      let ended = false;
      response.once('close', () => {
        if (ended) return;
        clientGone = true;
        controller?.abort(new Error('The client closed the connection'));
        if (!controller) resolve({ status: clientClosedStatus, answeredByTarget: false });
      });
      const pool = this.#pool(target.address);
      pool.dispatch(
        {
          path: request.url ?? '/',
          method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
          headers: target.headers,
          body: hasBody(request) ? request : null,
          headersTimeout: target.idleTimeoutMs,
          bodyTimeout: target.idleTimeoutMs,
        },
        {
          onRequestStart(started) {
            controller = started;
            if (clientGone) started.abort(new Error('The client closed the connection'));
          },
          onResponseStart(_controller, statusCode, headers, statusMessage) {
            if (statusCode < 200) return;
            status = statusCode;
            // HTTP/2 knows no reason phrase.
            if (response instanceof ServerResponse && statusMessage) {
              response.statusMessage = statusMessage;
            }
            response.writeHead(statusCode, headersForClient(headers, target.cookies?.(headers)));
          },
          onResponseData(flow, chunk) {
            if (response.write(chunk)) return;
            flow.pause();
            response.once('drain', () => flow.resume());
          },
          onResponseEnd() {
            ended = true;
            response.end();
            resolve({ status: status ?? 502, answeredByTarget: true });
          },
          onResponseError(_controller, error) {
            if (clientGone) resolve({ status: clientClosedStatus, answeredByTarget: false });
            else if (response.headersSent) {
              ended = true;
              response.destroy(new Error('The target broke off its answer'));
              resolve({ status: 502, answeredByTarget: false });
            } else {
              const own = isTimeout(error) ? 504 : 502;
              ended = true;
              sendError(response, own);
              resolve({ status: own, answeredByTarget: false });
            }
          },
        },
      );
    });
  }

  async stop(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  #pool({ host, port }: SocketAddress): Pool {
    const origin = `http://${host}:${port}`;
    const known = this.#pools.get(origin);
    if (known) return known;
    const pool = new Pool(origin, { pipelining: 1, connect: { timeout: 10_000 } });
    this.#pools.set(origin, pool);
    return pool;
  }
}

function isTimeout(error: Error): boolean {
  return (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  );
}
