import http2 from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import {
  call,
  collect,
  echo,
  Http2Fixture,
  h2c,
  message,
  type StreamAnswer,
} from './http2-fixture.ts';

let fixture: Http2Fixture;
beforeEach(() => {
  fixture = new Http2Fixture();
});
afterEach(() => fixture.stop());

describe('a gRPC target group', () => {
  it('passes calls with their trailers', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const requests = fixture.observed();
    const answer = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(answer.headers).toMatchObject({ ':status': 200, 'x-te': 'trailers' });
    expect(answer.body).toEqual(message);
    expect(answer.trailers).toMatchObject({ 'grpc-status': '0', 'grpc-message': 'fine' });
    expect(requests.map(({ status, path, protocol }) => ({ status, path, protocol }))).toEqual([
      { status: 200, path: '/shop.Cart/Add', protocol: 'h2' },
    ]);
  });

  it('passes an answer that is nothing but trailers', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    const refuse: StreamAnswer = (stream) =>
      stream.respond({ ':status': 200, 'grpc-status': '5' }, { endStream: true });
    await fixture.serverTarget(group, '10.0.0.1', h2c(refuse));
    const answer = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Get' }, message);
    expect([answer.headers['grpc-status'], answer.body.length]).toEqual(['5', 0]);
  });

  it('passes messages both ways while the call is open', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const stream = fixture.connect(listener).request({ ...call, ':path': '/shop.Cart/Watch' });
    const next = () =>
      new Promise<Buffer>((resolve) => {
        stream.once('data', resolve);
      });
    stream.write('one');
    expect((await next()).toString()).toBe('one');
    stream.write('two');
    expect((await next()).toString()).toBe('two');
    const end = collect(stream);
    stream.end();
    expect((await end).trailers['grpc-status']).toBe('0');
  });

  it.each([
    ['a GET', { ':method': 'GET' }, 464],
    ['a POST', { ':method': 'POST' }, 200],
  ])('answers %s over HTTP/2 with %s %i', async (_what, headers, expected) => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const answer = await fixture.send(listener, { ...headers, ':path': '/' });
    expect(answer.headers[':status']).toBe(expected);
  });

  it('hands a reset on as a reset, and one before the answer as 502', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    const reset: StreamAnswer = (stream, headers) => {
      if (headers[':path'] === '/late') {
        stream.respond({ ':status': 200 });
        stream.write('half', () => stream.destroy(new Error('half-way')));
      } else stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(reset));
    const early = await fixture.send(listener, { ...call, ':path': '/early' }, message);
    const late = await fixture.send(listener, { ...call, ':path': '/late' }, message);
    expect(early.headers[':status']).toBe(502);
    expect([late.headers[':status'], late.rstCode]).toEqual([
      200,
      http2.constants.NGHTTP2_INTERNAL_ERROR,
    ]);
  });

  it('answers 504 when the target stays silent longer than the idle timeout', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    listener.loadBalancer.attributes.set('idle_timeout.timeout_seconds', '1');
    await fixture.serverTarget(
      group,
      '10.0.0.1',
      h2c(() => {}),
    );
    const answer = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(answer.headers[':status']).toBe(504);
  });

  it('answers 502 when the target does not listen and reaches it once it does', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    const address = { host: '127.0.0.1', port: 1 };
    fixture.model.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    const refused = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(refused.headers[':status']).toBe(502);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const served = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(served.trailers['grpc-status']).toBe('0');
  });

  it('cancels at the target what the client cancels, and counts it as 460', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    let arrived = () => {};
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let cancelled = (_code: number) => {};
    const code = new Promise<number>((resolve) => {
      cancelled = resolve;
    });
    const hang: StreamAnswer = (stream, headers) => {
      if (headers[':path'] !== '/hang') return echo(stream, headers);
      stream.once('close', () => cancelled(stream.rstCode ?? -1));
      arrived();
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(hang));
    const finished = new Promise<FinishedRequest>((resolve) => {
      fixture.model.onRequest(resolve);
    });
    const stream = fixture.connect(listener).request({ ...call, ':path': '/hang' });
    stream.on('error', () => {});
    await reached;
    stream.close(http2.constants.NGHTTP2_CANCEL);
    expect(await code).toBe(http2.constants.NGHTTP2_CANCEL);
    expect((await finished).status).toBe(460);
  });

  it('goes on with a new connection after the target has said goodbye', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    const peers = new Set<number | undefined>();
    await fixture.serverTarget(
      group,
      '10.0.0.1',
      h2c((stream, headers) => {
        if (headers[':path'] === '/shop.Cart/Add') {
          peers.add(stream.session?.socket.remotePort);
          stream.session?.close();
        }
        echo(stream, headers);
      }),
    );
    for (let sent = 0; sent < 3; sent++) {
      const answer = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
      expect(answer.trailers['grpc-status']).toBe('0');
    }
    expect(peers.size).toBe(3);
  });
});
