import http2, { type ServerHttp2Stream } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import type { Listener } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let sessions: http2.ClientHttp2Session[];
beforeEach(() => {
  fixture = new BalancerFixture();
  sessions = [];
});
afterEach(async () => {
  for (const session of sessions) session.destroy();
  await fixture.stop();
});

type StreamAnswer = (stream: ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

/** A server of HTTP/2 without TLS. */
function h2c(answer: StreamAnswer): http2.Http2Server {
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    answer(stream, headers);
  });
  return server;
}

function connect(listener: Listener): http2.ClientHttp2Session {
  const session = http2.connect(`https://127.0.0.1:${listener.address.port}`, {
    servername: 'shop.test',
    ca: fixture.acm.authority.certificatePem,
  });
  session.on('error', () => {});
  sessions.push(session);
  return session;
}

interface Answer {
  readonly headers: http2.IncomingHttpHeaders;
  readonly trailers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly rstCode: number | undefined;
}

function send(
  listener: Listener,
  headers: http2.OutgoingHttpHeaders,
  body?: Buffer,
): Promise<Answer> {
  const stream = connect(listener).request(
    { ':authority': 'shop.test', ...headers },
    { endStream: body === undefined },
  );
  if (body) stream.end(body);
  return collect(stream);
}

function collect(stream: http2.ClientHttp2Stream): Promise<Answer> {
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

const call = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' } as const;
const message = Buffer.from([0, 0, 0, 0, 3, 1, 2, 3]);

/** Answers any gRPC call with its own message and status 0; ALB's health check with 12. */
const echo: StreamAnswer = (stream, headers) => {
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

function observed(): FinishedRequest[] {
  const requests: FinishedRequest[] = [];
  fixture.model.onRequest((request) => requests.push(request));
  return requests;
}

describe('a gRPC target group', () => {
  it('passes calls with their trailers', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const requests = observed();
    const answer = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
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
    const answer = await send(listener, { ...call, ':path': '/shop.Cart/Get' }, message);
    expect([answer.headers['grpc-status'], answer.body.length]).toEqual(['5', 0]);
  });

  it('passes messages both ways while the call is open', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const stream = connect(listener).request({ ...call, ':path': '/shop.Cart/Watch' });
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
    const answer = await send(listener, { ...headers, ':path': '/' });
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
    const early = await send(listener, { ...call, ':path': '/early' }, message);
    const late = await send(listener, { ...call, ':path': '/late' }, message);
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
    const answer = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(answer.headers[':status']).toBe(504);
  });

  it('answers 502 when the target does not listen and reaches it once it does', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const listener = await fixture.secureListener(group);
    const address = { host: '127.0.0.1', port: 1 };
    fixture.model.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    const refused = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(refused.headers[':status']).toBe(502);
    await fixture.serverTarget(group, '10.0.0.1', h2c(echo));
    const served = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
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
    const stream = connect(listener).request({ ...call, ':path': '/hang' });
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
      const answer = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
      expect(answer.trailers['grpc-status']).toBe('0');
    }
    expect(peers.size).toBe(3);
  });
});

describe('an HTTP/2 target group', () => {
  const hello: StreamAnswer = (stream, headers) => {
    stream.respond({ ':status': 200, 'x-seen': JSON.stringify(headers) });
    stream.end('hello');
  };

  it('speaks HTTP/2 to its targets', async () => {
    const group = fixture.versionGroup('web', 'HTTP2');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(hello));
    const answer = await send(listener, { ':path': '/a?b=c', 'x-list': ['1', '2'] });
    expect(answer.body.toString()).toBe('hello');
    expect(JSON.parse(String(answer.headers['x-seen']))).toMatchObject({
      ':method': 'GET',
      ':path': '/a?b=c',
      ':authority': 'shop.test',
      'x-list': '1, 2',
      'x-forwarded-proto': 'https',
    });
  });

  it('answers an HTTP/1.1 client with 464', async () => {
    const group = fixture.versionGroup('web', 'HTTP2');
    const listener = await fixture.secureListener(group);
    await fixture.serverTarget(group, '10.0.0.1', h2c(hello));
    const requests = observed();
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
    const answer = await send(listener, { ':method': method, ':path': '/' });
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
    const answer = await send(listener, { ':path': '/' });
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
    const stream = connect(listener).request({ ':path': '/slow' });
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
    const answer = await send(listener, { ':path': '/' });
    expect(answer.headers[':status']).toBe(200);
    expect(answer.rstCode).not.toBe(http2.constants.NGHTTP2_NO_ERROR);
  });

  it('answers a gRPC call with 464', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1');
    const answer = await send(listener, { ...call, ':path': '/shop.Cart/Add' }, message);
    expect(answer.headers[':status']).toBe(464);
  });
});

describe('health checks', () => {
  it.each([
    ['GRPC', '12', 'healthy', undefined],
    ['GRPC', '0', 'unhealthy', 'Health checks failed with these codes: [0]'],
    ['GRPC', 'none', 'unhealthy', 'Health checks failed'],
    ['HTTP2', '12', 'healthy', undefined],
  ] as const)('of a %s group see grpc-status %s as %s', async (version, code, state, reason) => {
    const group = fixture.versionGroup('rpc', version);
    await fixture.secureListener(group);
    const seen: http2.IncomingHttpHeaders[] = [];
    const answer: StreamAnswer = (stream, headers) => {
      seen.push(headers);
      const status = code === 'none' ? {} : { 'grpc-status': code };
      stream.respond({ ':status': 200, ...status }, { endStream: true });
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(answer));
    await fixture.reached(group, '10.0.0.1', state);
    expect(fixture.model.targetHealth(group.arn)[0]?.description).toBe(reason);
    expect(seen[0]).toMatchObject(
      version === 'GRPC'
        ? { ':method': 'POST', ':path': '/AWS.ALB/healthcheck', 'content-type': 'application/grpc' }
        : { ':method': 'GET', ':path': '/' },
    );
  });

  it('read a gRPC status that comes after the message', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    await fixture.secureListener(group);
    const answer: StreamAnswer = (stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '12' }));
      stream.end('x');
    };
    await fixture.serverTarget(group, '10.0.0.1', h2c(answer));
    await fixture.reached(group, '10.0.0.1', 'healthy');
    expect(fixture.state(group, '10.0.0.1')).toBe('healthy');
  });

  it('of a GRPC group fail where nobody speaks HTTP/2', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1');
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(fixture.model.targetHealth(group.arn)[0]?.reason).toBe('Target.FailedHealthChecks');
  });
});
