import http2, { type ServerHttp2Stream } from 'node:http2';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import type { Listener } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';

export type StreamAnswer = (stream: ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

export interface Http2Answer {
  readonly headers: http2.IncomingHttpHeaders;
  readonly trailers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly rstCode: number | undefined;
}

/** Headers of a gRPC call, its path left out. */
export const call = {
  ':method': 'POST',
  'content-type': 'application/grpc',
  te: 'trailers',
} as const;
/** A length-prefixed message of three bytes. */
export const message = Buffer.from([0, 0, 0, 0, 3, 1, 2, 3]);

/** A server of HTTP/2 without TLS. */
export function h2c(answer: StreamAnswer): http2.Http2Server {
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    answer(stream, headers);
  });
  return server;
}

/** Answers any gRPC call with its own message and status 0; ALB's health check with 12. */
export const echo: StreamAnswer = (stream, headers) => {
  if (headers[':path'] === '/AWS.ALB/healthcheck') {
    stream.respond({ ':status': 200, 'grpc-status': '12' }, { endStream: true });
    return;
  }
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'x-te': headers.te },
    { waitForTrailers: true },
  );
  stream.once('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'fine' }),
  );
  stream.pipe(stream);
};

/** Settles with the stream, however it ends. */
export function collect(stream: http2.ClientHttp2Stream): Promise<Http2Answer> {
  return new Promise((resolve) => {
    let headers: http2.IncomingHttpHeaders = {};
    let trailers: http2.IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.once('response', (received) => {
      headers = received;
    });
    stream.once('trailers', (received) => {
      trailers = received;
    });
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('error', () => {});
    stream.once('close', () =>
      resolve({ headers, trailers, body: Buffer.concat(chunks), rstCode: stream.rstCode }),
    );
  });
}

/** A balancer with clients that speak HTTP/2 to its HTTPS listeners. */
export class Http2Fixture extends BalancerFixture {
  readonly #sessions: http2.ClientHttp2Session[] = [];

  /** A session that trusts the local authority. */
  connect(listener: Listener): http2.ClientHttp2Session {
    const session = http2.connect(`https://127.0.0.1:${listener.address.port}`, {
      servername: 'shop.test',
      ca: this.acm.authority.certificatePem,
    });
    session.on('error', () => {});
    this.#sessions.push(session);
    return session;
  }

  send(
    listener: Listener,
    headers: http2.OutgoingHttpHeaders,
    body?: Buffer,
  ): Promise<Http2Answer> {
    const stream = this.connect(listener).request(
      { ':authority': 'shop.test', ...headers },
      { endStream: body === undefined },
    );
    if (body) stream.end(body);
    return collect(stream);
  }

  /** Requests that finish from now on. */
  observed(): FinishedRequest[] {
    const requests: FinishedRequest[] = [];
    this.model.onRequest((request) => requests.push(request));
    return requests;
  }

  override async stop(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await super.stop();
  }
}
