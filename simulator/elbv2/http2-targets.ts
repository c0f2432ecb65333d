import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { SocketAddress } from '../core/services.ts';
import { sendError } from './balancer-responses.ts';
import { hasBody } from './client-request.ts';
import { headersForClient } from './forwarded-headers.ts';
import { clientClosedStatus, type Proxied, type ProxyTarget } from './request-proxy.ts';

/** HTTP/2 without TLS to targets, one session each; requests of HTTP/2 and gRPC groups go through here. */
export class Http2Targets {
  readonly #sessions = new Map<string, ClientHttp2Session>();

  /** Streams both ways and hands trailers on, also the request's; gRPC puts its status into the answer's. */
  forward(
    request: Http2ServerRequest,
    response: Http2ServerResponse,
    target: ProxyTarget,
  ): Promise<Proxied> {
    const client = request.stream;
    return new Promise((resolve) => {
      let status: number | undefined;
      let ended = false;
      let timedOut = false;
      const upstream = this.#session(target.address).request(
        pseudoHeaders(request, target.headers),
        { endStream: !hasBody(request), waitForTrailers: hasBody(request) },
      );
      client.once('close', () => {
        if (ended) return;
        ended = true;
        upstream.close(constants.NGHTTP2_CANCEL);
        const cancelled = client.aborted || client.rstCode !== constants.NGHTTP2_NO_ERROR;
        if (cancelled || status === undefined) {
          resolve({ status: clientClosedStatus, answeredByTarget: false });
        } else resolve({ status, answeredByTarget: true });
      });
      let trailers: IncomingHttpHeaders = {};
      client.once('trailers', (received) => {
        trailers = received;
      });
      upstream.once('wantTrailers', () => upstream.sendTrailers(trailers));
      if (hasBody(request)) client.pipe(upstream);
      upstream.setTimeout(target.idleTimeoutMs, () => {
        timedOut = true;
        upstream.close(constants.NGHTTP2_CANCEL);
      });
      upstream.on('response', (headers, flags) => {
        status = headers[':status'] ?? 502;
        if (client.destroyed) return;
        if ((flags & constants.NGHTTP2_FLAG_END_STREAM) === 0) {
          response.writeHead(status, headersForClient(headers, target.cookies?.(headers)));
          upstream.pipe(client, { end: false });
          // A reset ends the readable side too, but is no end of the answer.
          upstream.once('end', () => {
            if (upstream.rstCode === constants.NGHTTP2_NO_ERROR) client.end();
          });
          return;
        }
        // Nothing but trailers: gRPC clients want to see that these headers are the end.
        response.statusCode = status;
        for (const [name, value] of Object.entries(
          headersForClient(headers, target.cookies?.(headers)),
        )) {
          response.setHeader(name, value);
        }
        response.end();
        upstream.resume();
      });
      upstream.on('trailers', (trailers) => {
        response.addTrailers(headersForClient(trailers));
      });
      // The reason is told by 'close'.
      upstream.on('error', () => {});
      upstream.once('close', () => {
        if (ended) return;
        ended = true;
        if (status !== undefined && wasComplete(upstream)) {
          return resolve({ status, answeredByTarget: true });
        }
        const own = timedOut ? 504 : 502;
        if (status === undefined) sendError(response, own);
        else client.destroy(new Error('The target broke off its answer'));
        resolve({ status: own, answeredByTarget: false });
      });
    });
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.destroy();
    this.#sessions.clear();
  }

  #session({ host, port }: SocketAddress): ClientHttp2Session {
    const origin = `http://${host}:${port}`;
    const known = this.#sessions.get(origin);
    if (known && !known.closed && !known.destroyed) return known;
    const session = http2.connect(origin);
    this.#sessions.set(origin, session);
    const forget = () => {
      if (this.#sessions.get(origin) === session) this.#sessions.delete(origin);
    };
    // Its streams fail with it.
    session.on('error', () => {});
    session.once('goaway', forget);
    session.once('close', forget);
    return session;
  }
}

function wasComplete(upstream: ClientHttp2Stream): boolean {
  return upstream.rstCode === constants.NGHTTP2_NO_ERROR && upstream.readableEnded;
}

/** The flat list as HTTP/2 wants it: lower case, repeated names as lists, Host as `:authority`. */
function pseudoHeaders(request: Http2ServerRequest, flat: readonly string[]): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = (flat[at] ?? '').toLowerCase();
    const value = flat[at + 1] ?? '';
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  const { host, ...others } = headers;
  return {
    ':method': request.method,
    ':scheme': 'http',
    ':path': request.url,
    ...(host !== undefined && { ':authority': host }),
    ...others,
    // The one value that HTTP/2 allows; gRPC servers insist on it.
    ...(request.headers.te === 'trailers' && { te: 'trailers' }),
  };
}
