import { afterEach, describe, expect, it } from 'vitest';
import { answerGrpc, status } from '../../support/grpc-health-server.ts';
import { type Http2Listener, LocalServers } from '../../support/local-servers.ts';
import { grpcCheck } from './grpc-check.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const check = grpcCheck(servers);

describe('grpcHealthProbe at a server that refuses', () => {
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
      'unknown service grpc.health.v1.Health',
    ],
    [
      'a status behind an empty body, its message encoded',
      (stream) =>
        answerGrpc(stream, Buffer.alloc(0), {
          'grpc-status': '5',
          'grpc-message': 'kein%20Gr%C3%B6%C3%9Fenservice',
        }),
      5,
      'kein Größenservice',
    ],
    [
      'a message that is encoded badly',
      (stream) =>
        answerGrpc(stream, Buffer.alloc(0), { 'grpc-status': '14', 'grpc-message': '100%' }),
      14,
      '100%',
    ],
    [
      'a status that nobody knows',
      (stream) => answerGrpc(stream, Buffer.alloc(0), { 'grpc-status': '99' }),
      99,
      '',
    ],
    [
      'an HTTP error that has a status',
      (stream) =>
        stream.respond(
          { ':status': 503, 'content-type': 'application/grpc', 'grpc-status': '14' },
          { endStream: true },
        ),
      14,
      '',
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
      `not gRPC: HTTP 502 with text/html: <h1>502 Bad Gateway</h1>${'x'.repeat(1_000)}`,
    ],
    [
      'a load balancer whose target group speaks another protocol version',
      (stream) => stream.respond({ ':status': 464 }, { endStream: true }),
      -1,
      "HTTP 464, the target group's protocol version is not GRPC",
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
});
