import { afterEach, describe, expect, it } from 'vitest';
import { answerGrpc, status } from '../../support/grpc-health-server.ts';
import { type Http2Listener, LocalServers } from '../../support/local-servers.ts';
import { grpcCheck } from './grpc-check.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const check = grpcCheck(servers);

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

  it.each<[string, Http2Listener, unknown]>([
    [
      'never answers',
      () => undefined,
      'no complete answer within 400 ms, waiting for the first byte of the answer',
    ],
    [
      'never ends its answer',
      (stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
        stream.write(status(1));
      },
      'no complete answer within 400 ms, after 7 bytes of the answer',
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

    expect(await check(url, { timeoutMs: 400 })).toMatchObject({ kind: 'no-response', reason });
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
