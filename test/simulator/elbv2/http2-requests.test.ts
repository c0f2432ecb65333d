import http2 from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import { call, collect, Http2Fixture, h2c, message, type StreamAnswer } from './http2-fixture.ts';

let fixture: Http2Fixture;
beforeEach(() => {
  fixture = new Http2Fixture();
});
afterEach(() => fixture.stop());

describe('an HTTP/2 target group', () => {
  const hello: StreamAnswer = (stream, headers) => {
    stream.respond({ ':status': 200, 'x-seen': JSON.stringify(headers) });
    stream.end('hello');
  };

  it('speaks HTTP/2 to its targets', async () => {
    const group = fixture.versionGroup('web', 'HTTP2');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(hello));
    const answer = await fixture.send(listener, { ':path': '/a?b=c', 'x-list': ['1', '2'] });
    expect(answer.body.toString()).toBe('hello');
    expect(JSON.parse(String(answer.headers['x-seen']))).toMatchObject({
      ':method': 'GET',
      ':path': '/a?b=c',
      ':authority': 'shop.test',
      'x-list': '1, 2',
      'x-forwarded-proto': 'https',
    });
  });

  it("hands a request's trailers on", async () => {
    const group = fixture.versionGroup('web', 'HTTP2');
    const listener = await fixture.secureListener(group);
    const tell: StreamAnswer = (stream) => {
      let sum: unknown;
      stream.once('trailers', (trailers) => {
        sum = trailers['x-sum'];
      });
      stream.resume();
      stream.once('end', () => stream.end(String(sum)));
      stream.respond({ ':status': 200 });
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(tell));
    const stream = fixture
      .connect(listener)
      .request({ ':method': 'POST', ':authority': 'shop.test' }, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
    stream.end('body');
    expect((await collect(stream)).body.toString()).toBe('42');
  });

  it('answers an HTTP/1.1 client with 464', async () => {
    const group = fixture.versionGroup('web', 'HTTP2');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(hello));
    const requests = fixture.observed();
    const status = await new Promise((resolve) => {
      void import('node:https').then(({ default: https }) =>
        https.get(
          {
            ...listener.address,
            servername: 'shop.test',
            ca: fixture.acm.authority.certificatePem,
          },
          (response) => resolve(response.resume().statusCode),
        ),
      );
    });
    expect(status).toBe(464);
    expect(requests.map(({ targetGroupName, targetId }) => [targetGroupName, targetId])).toEqual([
      ['web', undefined],
    ]);
    expect(fixture.metrics.map(({ name }) => name)).toContain('HTTPCode_ELB_4XX_Count');
  });
});

describe('an HTTP/1.1 target group', () => {
  it.each([
    ['HEAD', 200, 'content-length', '5'],
    ['DELETE', 204, 'x-gone', 'yes'],
  ])('answers %s over HTTP/2 without a body', async (method, status, name, value) => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1', (_request, response) => {
      response.writeHead(status, { [name]: value }).end();
    });
    const answer = await fixture.send(listener, { ':method': method, ':path': '/' });
    expect(answer.headers).toMatchObject({ ':status': status, [name]: value });
    expect(answer.body.length).toBe(0);
  });

  it('is not asked what a fixed response answers over HTTP/2', async () => {
    const listener = await fixture.secureListener(fixture.group('blue'));
    fixture.model.listeners.modify(listener.arn, {
      defaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '404', MessageBody: 'nothing here' },
        },
      ],
    });
    const answer = await fixture.send(listener, { ':path': '/' });
    expect([answer.headers[':status'], answer.body.toString()]).toEqual([404, 'nothing here']);
  });

  it('has its request aborted when an HTTP/2 client cancels', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    let arrived = () => {};
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let closed = () => {};
    const aborted = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await fixture.target(group, '10.0.0.1', (request, response) => {
      if (request.url !== '/slow') return void response.end();
      response.once('close', closed);
      arrived();
    });
    const finished = new Promise<FinishedRequest>((resolve) => {
      fixture.model.onRequest(resolve);
    });
    const stream = fixture.connect(listener).request({ ':path': '/slow' });
    stream.on('error', () => {});
    await reached;
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await aborted;
    expect(await finished).toMatchObject({ status: 460, path: '/slow' });
  });

  it('has an answer that breaks off break off for an HTTP/2 client too', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1', (_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half', () => response.destroy());
    });
    const answer = await fixture.send(listener, { ':path': '/' });
    expect(answer.headers[':status']).toBe(200);
    expect(answer.rstCode).not.toBe(http2.constants.NGHTTP2_NO_ERROR);
  });

  it('answers a gRPC call with 464', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1');
    const answer = await fixture.send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(answer.headers[':status']).toBe(464);
  });
});
