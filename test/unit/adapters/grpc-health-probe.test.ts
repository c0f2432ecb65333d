import type { ServerHttp2Stream } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { grpcHealthProbe } from '../../../functions/adapters/grpc-health-probe.ts';
import type { GrpcHealthRequest } from '../../../functions/core/ports/grpc-health-transport.ts';
import { type Http2Listener, LocalServers } from '../../support/local-servers.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const check = (
  url: string,
  changes: Partial<GrpcHealthRequest> = {},
  signal: AbortSignal = new AbortController().signal,
) =>
  grpcHealthProbe('1.2.3').check(
    {
      url,
      service: 'shop.Cart',
      headers: {},
      timeoutMs: 2_000,
      tls: { ca: servers.authority.certificatePem },
      ...changes,
    },
    signal,
  );

function answerGrpc(
  stream: ServerHttp2Stream,
  message: Buffer,
  trailers: Record<string, string> = { 'grpc-status': '0' },
): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+proto' },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(message);
}

const status = (number: number) => Buffer.from([0, 0, 0, 0, 2, 8, number]);

describe('grpcHealthProbe', () => {
  it.each([
    [0, 'UNKNOWN'],
    [1, 'SERVING'],
    [2, 'NOT_SERVING'],
    [3, 'SERVICE_UNKNOWN'],
  ])('reads serving status %i as %s', async (number, serving) => {
    const url = await servers.http2((stream) => answerGrpc(stream, status(number)));

    expect(await check(url)).toMatchObject({ kind: 'answer', serving });
    await servers.deserted();
  });

  it.each(['https', 'http'] as const)('asks as the protocol wants it, over %s', async (scheme) => {
    let seen: Record<string, unknown> = {};
    let body = Buffer.alloc(0);
    const url = await servers.http2((stream, headers) => {
      seen = headers;
      stream.on('data', (part: Buffer) => {
        body = Buffer.concat([body, part]);
      });
      stream.on('end', () => answerGrpc(stream, status(1)));
    }, scheme);

    await check(url, {
      service: 'a',
      timeoutMs: 1_500,
      headers: { Authorization: 'Bearer x', Host: 'shop.example.com' },
    });

    expect(seen).toMatchObject({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      ':authority': 'shop.example.com',
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': '1500m',
      'user-agent': 'Greengate/1.2.3',
      authorization: 'Bearer x',
    });
    expect(seen).not.toHaveProperty('accept-encoding');
    expect([...body]).toEqual([0, 0, 0, 0, 3, 0x0a, 1, 97]);
  });

  it('reads a message that comes in pieces', async () => {
    const url = await servers.http2((stream) => {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.write(status(1).subarray(0, 3), () => stream.end(status(1).subarray(3)));
    });

    expect(await check(url)).toMatchObject({ kind: 'answer', serving: 'SERVING' });
  });

  it.each<[string, Http2Listener, number, string]>([
    [
      'a status in trailers alone',
      (stream) =>
        stream.respond(
          {
            ':status': 200,
            'content-type': 'application/grpc',
            'grpc-status': '12',
            'grpc-message': 'unknown service grpc.health.v1.Health',
          },
          { endStream: true },
        ),
      12,
      'UNIMPLEMENTED: unknown service grpc.health.v1.Health',
    ],
    [
      'a status behind an empty body, its message encoded',
      (stream) =>
        answerGrpc(stream, Buffer.alloc(0), {
          'grpc-status': '5',
          'grpc-message': 'kein%20Gr%C3%B6%C3%9Fenservice',
        }),
      5,
      'NOT_FOUND: kein Größenservice',
    ],
    [
      'a message that is encoded badly',
      (stream) =>
        answerGrpc(stream, Buffer.alloc(0), { 'grpc-status': '14', 'grpc-message': '100%' }),
      14,
      'UNAVAILABLE: 100%',
    ],
    [
      'a status that nobody knows',
      (stream) => answerGrpc(stream, Buffer.alloc(0), { 'grpc-status': '99' }),
      99,
      'status 99',
    ],
    [
      'an HTTP error that has a status',
      (stream) =>
        stream.respond(
          { ':status': 503, 'content-type': 'application/grpc', 'grpc-status': '14' },
          { endStream: true },
        ),
      14,
      'UNAVAILABLE',
    ],
    [
      'a web page',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'text/html' });
        stream.end('<h1>Welcome</h1>');
      },
      -1,
      'not gRPC: HTTP 200 with text/html: <h1>Welcome</h1>',
    ],
    [
      'a gateway error',
      (stream) => {
        stream.respond({ ':status': 502, 'content-type': 'text/html' });
        stream.end(`<h1>502 Bad Gateway</h1>${'x'.repeat(1_000)}`);
      },
      -1,
      `not gRPC: HTTP 502 with text/html: <h1>502 Bad Gateway</h1>${'x'.repeat(176)}`,
    ],
    [
      'a load balancer whose target group speaks another protocol version',
      (stream) => stream.respond({ ':status': 464 }, { endStream: true }),
      -1,
      'not gRPC: HTTP 464 with no content-type and no body',
    ],
    [
      'a serving status that nobody knows',
      (stream) => answerGrpc(stream, status(7)),
      -1,
      'the answer has serving status 7, which grpc.health.v1 does not know',
    ],
    [
      'OK without a message',
      (stream) => answerGrpc(stream, Buffer.alloc(0)),
      -1,
      'the answer cannot be read: 0 bytes are no gRPC message',
    ],
    [
      'no status at all',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.end(status(1));
      },
      -1,
      'the answer ended without a grpc-status',
    ],
  ])('calls %s refused', async (_, listener, number, message) => {
    const url = await servers.http2(listener);

    expect(await check(url)).toMatchObject({ kind: 'refused', status: number, message });
    await servers.deserted();
  });

  it.each<[string, Http2Listener, unknown]>([
    [
      'never answers',
      () => undefined,
      'no complete answer within 100 ms, waiting for the first byte of the answer',
    ],
    [
      'never ends its answer',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(status(1));
      },
      'no complete answer within 100 ms, after 7 bytes of the answer',
    ],
    [
      'resets the stream',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(status(1), () => stream.destroy(new Error('broken')));
      },
      expect.stringContaining('the server reset the stream'),
    ],
    [
      'drops the connection',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(status(1), () => setTimeout(() => stream.session?.destroy(), 10));
      },
      'the server reset the stream (code 8) before its status',
    ],
    [
      'sends without end',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.end(Buffer.alloc(100_000));
      },
      'more than 65536 bytes of answer',
    ],
  ])('has no answer of a server that %s', async (_, listener, reason) => {
    const url = await servers.http2(listener);

    expect(await check(url, { timeoutMs: 100 })).toMatchObject({ kind: 'no-response', reason });
    await servers.deserted();
  });

  it('has no answer of a server without HTTP/2', async () => {
    const url = await servers.https((_, response) => {
      response.end();
    });

    expect(await check(url)).toMatchObject({
      kind: 'no-response',
      reason: 'the server does not speak HTTP/2: asked for h2, it chose http/1.1',
    });
  });

  it('verifies certificates', async () => {
    const url = await servers.http2((stream) => answerGrpc(stream, status(1)));

    expect(
      await check(url, {
        tls: { ca: servers.authority.certificatePem, serverName: 'api.example.com' },
      }),
    ).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining('not for api.example.com'),
    });
  });

  it('stops at once when its signal aborts', async () => {
    const abort = new AbortController();
    const url = await servers.http2(() => abort.abort());

    expect(await check(url, {}, abort.signal)).toMatchObject({ reason: 'aborted' });
    await servers.deserted();
  });
});
