import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { webSocketProbe } from '../../../functions/adapters/web-socket-probe.ts';
import type { WebSocketExchange } from '../../../functions/core/ports/web-socket-transport.ts';
import { LocalServers } from '../../support/local-servers.ts';
import { acceptUpgrade, serveUpgrades, serveWebSockets } from '../../support/web-socket-servers.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const exchange = (
  url: string,
  changes: Partial<WebSocketExchange> = {},
  signal: AbortSignal = new AbortController().signal,
) =>
  webSocketProbe('1.2.3').exchange(
    {
      url,
      headers: {},
      awaitReply: true,
      timeoutMs: 2_000,
      maxMessageBytes: 1_000,
      tls: { ca: servers.authority.certificatePem },
      ...changes,
    },
    signal,
  );

describe('webSocketProbe', () => {
  it.each(['ws', 'wss'] as const)('exchanges one message over %s and parts', async (scheme) => {
    let seen: IncomingMessage | undefined;
    let closed: (code: number) => void = () => undefined;
    const closing = new Promise<number>((resolve) => {
      closed = resolve;
    });
    const url = await serveWebSockets(
      servers,
      (socket, request) => {
        seen = request;
        socket.on('message', (message) => socket.send(`echo ${String(message)}`));
        socket.on('close', closed);
      },
      scheme,
    );

    const answer = await exchange(url, {
      send: 'grüße',
      headers: { Host: 'shop.example.com', 'X-Probe': '1' },
    });

    expect(answer).toMatchObject({ kind: 'opened', reply: 'echo grüße', subprotocol: undefined });
    expect(seen?.url).toBe('/live?x=1');
    expect(seen?.headers).toMatchObject({
      host: 'shop.example.com',
      'user-agent': 'Greengate/1.2.3',
      'x-probe': '1',
    });
    expect(await closing).toBe(1000);
    await servers.deserted();
  });

  it('takes a greeting, even one that comes with the upgrade itself', async () => {
    const url = await serveUpgrades(servers, (socket, key) =>
      socket.write(
        Buffer.concat([
          Buffer.from(acceptUpgrade(key)),
          Buffer.from([0x81, 5]),
          Buffer.from('hello'),
        ]),
      ),
    );

    expect(await exchange(url)).toMatchObject({ kind: 'opened', reply: 'hello' });
    await servers.deserted();
  });

  it('reads a binary message as text', async () => {
    const url = await serveWebSockets(servers, (socket) => socket.send(Buffer.from('größe')));

    expect(await exchange(url)).toMatchObject({ reply: 'größe' });
  });

  it('asks for a subprotocol and says which it got', async () => {
    const url = await serveWebSockets(servers, (socket) => socket.send('hello'));

    expect(await exchange(url, { subprotocol: 'graphql-ws' })).toMatchObject({
      kind: 'opened',
      subprotocol: 'graphql-ws',
    });
  });

  it('is content with the upgrade when no reply is awaited', async () => {
    const url = await serveWebSockets(servers, () => undefined);

    expect(await exchange(url, { awaitReply: false })).toMatchObject({
      kind: 'opened',
      reply: undefined,
    });
    await servers.deserted();
  });

  it('does not count the time of parting', async () => {
    const url = await serveUpgrades(servers, (socket, key) => socket.write(acceptUpgrade(key)));

    // The server never answers the close, so parting takes its whole quarter of a second.
    const startedAtMs = performance.now();
    const answer = await exchange(url, { awaitReply: false });
    const tookMs = performance.now() - startedAtMs;

    expect(tookMs - answer.durationMs).toBeGreaterThan(240);
    await servers.deserted();
  });

  it('reports a refused upgrade with status, headers and the first bytes of its body', async () => {
    const url = await servers.http((_, response) => {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('x'.repeat(10_000));
    });

    expect(await exchange(url.replace('http', 'ws'))).toMatchObject({
      kind: 'refused',
      status: 403,
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(4_096),
    });
    await servers.deserted();
  });

  it('lets a refusal stand whose body breaks off', async () => {
    const url = await servers.http((_, response) => {
      response.writeHead(502, { 'content-length': '100' }).write('half');
      setImmediate(() => response.destroy());
    });

    expect(await exchange(url.replace('http', 'ws'))).toMatchObject({
      kind: 'refused',
      status: 502,
      body: 'half',
    });
  });

  it.each<[string, (socket: WebSocket) => void, unknown]>([
    [
      'stays silent',
      () => undefined,
      'no complete answer within 300 ms, waiting for the first message',
    ],
    [
      'closes at once',
      (socket) => socket.close(1011, 'out of order'),
      'the server closed the WebSocket with code 1011 and "out of order", no message came',
    ],
    [
      'drops the connection',
      (socket) => socket.terminate(),
      'the server closed the WebSocket with code 1006, no message came',
    ],
    [
      'sends too much',
      (socket) => socket.send('x'.repeat(1_001)),
      'the first message has more than 1000 bytes',
    ],
  ])('has no answer of a server that %s', async (_, onOpen, reason) => {
    const url = await serveWebSockets(servers, onOpen);

    expect(await exchange(url, { timeoutMs: 300 })).toMatchObject({ kind: 'no-response', reason });
    await servers.deserted();
  });

  it.each<[string, (socket: Duplex) => void, unknown]>([
    [
      'never answers the upgrade',
      () => undefined,
      'no complete answer within 300 ms, waiting for the upgrade',
    ],
    [
      'hangs up on the upgrade',
      (socket) => socket.end(),
      'the server closed the connection instead of upgrading it (ECONNRESET)',
    ],
    [
      'upgrades without the proof',
      (socket) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n',
        ),
      'Invalid Sec-WebSocket-Accept header',
    ],
  ])('has no answer of a server that %s', async (_, answer, reason) => {
    const url = await serveUpgrades(servers, answer);

    expect(await exchange(url, { timeoutMs: 300 })).toMatchObject({ kind: 'no-response', reason });
    await servers.deserted();
  });

  it('verifies certificates', async () => {
    const url = await serveWebSockets(servers, (socket) => socket.send('hello'), 'wss');

    expect(await exchange(url, { tls: {} })).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining('unknown authority'),
    });
    expect(
      await exchange(url, {
        tls: { ca: servers.authority.certificatePem, serverName: 'shop.example.com' },
      }),
    ).toMatchObject({ kind: 'opened', reply: 'hello' });
    await servers.deserted();
  });

  it('stops at once when its signal aborts', async () => {
    const abort = new AbortController();
    const url = await serveWebSockets(servers, () => abort.abort());

    expect(await exchange(url, {}, abort.signal)).toMatchObject({ reason: 'aborted' });
    await servers.deserted();
  });

  it('never rejects when the address makes no sense', async () => {
    expect(await exchange('ws://')).toMatchObject({
      kind: 'no-response',
      reason: 'ERR_INVALID_URL: Invalid URL',
    });
  });
});
