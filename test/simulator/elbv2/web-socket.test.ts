import http from 'node:http';
import net from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

/** A target that answers every message in upper case, and plain requests with their method and body. */
async function shoutingTarget(group: TargetGroup, id: string): Promise<void> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => response.end(`${request.method} ${Buffer.concat(chunks)}`));
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'shout' });
  sockets.on('connection', (socket, request) => {
    socket.on('message', (message) => socket.send(`${message}`.toUpperCase()));
    socket.send(JSON.stringify(request.headers));
  });
  await fixture.serverTarget(group, id, server);
}

function open(
  listener: Listener,
  options: ClientOptions & ConnectionOptions = {},
): Promise<[WebSocket, string]> {
  const scheme = listener.tls ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://127.0.0.1:${listener.address.port}/live`, ['shout'], {
    headers: { host: 'shop.test' },
    ...options,
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', (greeting) => resolve([socket, String(greeting)]));
  });
}

const next = (socket: WebSocket) =>
  new Promise<string>((resolve) => {
    socket.once('message', (message) => resolve(String(message)));
  });
const closed = (socket: WebSocket) =>
  new Promise<number>((resolve) => {
    socket.once('close', resolve);
  });

describe('a WebSocket through a listener', () => {
  it('is joined with the target and counted once, with 101', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await shoutingTarget(group, '10.0.0.1');
    const requests: FinishedRequest[] = [];
    fixture.model.onRequest((request) => requests.push(request));
    const [socket, greeting] = await open(listener);
    expect(JSON.parse(greeting)).toMatchObject({
      host: 'shop.test',
      upgrade: 'websocket',
      connection: 'Upgrade',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
    expect(socket.protocol).toBe('shout');
    socket.send('hello');
    expect(await next(socket)).toBe('HELLO');
    socket.close(1000);
    expect(await closed(socket)).toBe(1000);
    expect(requests).toMatchObject([
      { status: 101, path: '/live', protocol: 'websocket', targetId: '10.0.0.1' },
    ]);
    const counted = fixture.metrics.filter(({ name }) => !name.endsWith('HostCount'));
    expect(counted.map(({ name }) => name)).toEqual([
      'RequestCount',
      'RequestCount',
      'RequestCountPerTarget',
      'RequestCountPerTarget',
      'TargetResponseTime',
      'TargetResponseTime',
    ]);
  });

  it('passes TLS, ended by the listener', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await shoutingTarget(group, '10.0.0.1');
    const [socket, greeting] = await open(listener, {
      servername: 'shop.test',
      ca: fixture.acm.authority.certificatePem,
    });
    expect(JSON.parse(greeting)).toMatchObject({ 'x-forwarded-proto': 'https' });
    const big = 'x'.repeat(1_000_000);
    socket.send(big);
    expect(await next(socket)).toBe(big.toUpperCase());
    socket.terminate();
  });

  it('is refused as the target refuses it', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1', (_request, response) => {
      response.writeHead(403, { 'x-why': 'closed' }).end('no sockets here');
    });
    const [status, why, body] = await new Promise<unknown[]>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${listener.address.port}/live`);
      socket.once('unexpected-response', async (_request, response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve([response.statusCode, response.headers['x-why'], text]);
      });
      socket.once('error', (error) => resolve([error]));
    });
    expect([status, why, body]).toEqual([403, 'closed', 'no sockets here']);
  });

  it.each([
    ['503 without a target', undefined, 503],
    ['502 from a target that does not listen', { host: '127.0.0.1', port: 1 }, 502],
  ])('gets %s', async (_what, address, status) => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    if (address) {
      fixture.model.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    }
    await expect(open(listener)).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  it('gets 464 from an HTTP/2 group', async () => {
    const listener = await fixture.secureListener(fixture.versionGroup('web', 'HTTP2'));
    const tls = { servername: 'shop.test', ca: fixture.acm.authority.certificatePem };
    await expect(open(listener, tls)).rejects.toThrow('Unexpected server response: 464');
  });

  it('is cut off when draining of its target ends, not before', async () => {
    const group = fixture.group('blue', { 'deregistration_delay.timeout_seconds': '30' });
    const listener = await fixture.listener(group);
    await shoutingTarget(group, '10.0.0.1');
    const [socket] = await open(listener);
    const end = closed(socket);
    fixture.model.deregisterTarget(group.arn, { id: '10.0.0.1', port: 8080 });
    socket.send('still');
    expect(await next(socket)).toBe('STILL');
    await fixture.world.clock.sleep(31_000);
    expect(await end).toBe(1006);
  });

  it('is closed after the idle timeout', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    listener.loadBalancer.attributes.set('idle_timeout.timeout_seconds', '1');
    await shoutingTarget(group, '10.0.0.1');
    const [socket] = await open(listener);
    expect(await closed(socket)).toBe(1006);
  });

  it('is closed with its listener', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await shoutingTarget(group, '10.0.0.1');
    const [socket] = await open(listener);
    const end = closed(socket);
    await fixture.model.deleteListener(listener.arn);
    expect(await end).toBe(1006);
  });
});

describe('another upgrade', () => {
  it('is ignored and the request answered, body and all', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await shoutingTarget(group, '10.0.0.1');
    const answer = await new Promise<string>((resolve) => {
      const client = net.connect(listener.address.port, '127.0.0.1', () =>
        client.write(
          'POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n' +
            'HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 4\r\n\r\nbody',
        ),
      );
      let text = '';
      client.on('data', (chunk) => {
        text += chunk;
      });
      client.on('close', () => resolve(text));
    });
    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(answer).toMatch(/POST body$|POST body\r\n0\r\n\r\n$/);
  });
});
