import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { greengateVersion } from '../../../functions/adapters/greengate-version.ts';
import { httpProbe, identityCheck } from '../../../functions/adapters/http-probe.ts';

const probe = httpProbe('1.2.3');
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  return listen(server);
}

async function listen(listening: ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return `http://127.0.0.1:${address.port}`;
}

const send = (
  url: string,
  changes: Partial<Parameters<typeof probe.send>[0]> = {},
  signal?: AbortSignal,
) =>
  probe.send(
    { url, method: 'GET', headers: {}, timeoutMs: 2_000, maxBodyBytes: 1_000, ...changes },
    signal ?? new AbortController().signal,
  );

describe('httpProbe', () => {
  it('brings back status, headers and body and says who asked', async () => {
    let seen: Record<string, unknown> = {};
    const url = await serve((request, response) => {
      seen = { method: request.method, url: request.url, ...request.headers };
      response.writeHead(201, { 'X-Release': 'v2', 'Set-Cookie': ['a=1', 'b=2'] });
      response.end('größer');
    });

    const response = await send(`${url}/cart?x=1`, {
      method: 'POST',
      headers: { 'x-greengate-probe': 'd-1' },
    });

    expect(response).toMatchObject({
      kind: 'response',
      status: 201,
      headers: { 'x-release': 'v2', 'set-cookie': 'a=1, b=2' },
      body: 'größer',
    });
    expect(response.durationMs).toBeGreaterThan(0);
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/cart?x=1',
      'user-agent': 'Greengate/1.2.3',
      'x-greengate-probe': 'd-1',
      connection: 'close',
    });
  });

  it('opens a connection for every request', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });

    await Promise.all([send(url), send(url), send(url)]);
    await send(url);

    expect(ports.size).toBe(4);
  });

  it('keeps the first bytes of a long body and reads the rest', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(500_000)));

    const response = await send(url, { maxBodyBytes: 10 });

    expect(response).toMatchObject({ kind: 'response', body: 'x'.repeat(10) });
  });

  it('does not follow redirects, which are answers of their own', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/' }).end());

    expect(await send(url)).toMatchObject({ status: 302 });
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['never ends its body', (_, response) => response.writeHead(200).write('a')],
  ])('gives up on a server that %s', async (_, listener) => {
    const url = await serve(listener);

    expect(await send(url, { timeoutMs: 50 })).toMatchObject({
      kind: 'no-response',
      reason: 'no complete answer within 50 ms',
    });
  });

  it('counts a body that breaks off as no answer', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => response.destroy());
    });

    expect(await send(url)).toMatchObject({ kind: 'no-response' });
  });

  it('stops at once when its signal aborts', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort());

    expect(await send(url, {}, abort.signal)).toMatchObject({
      kind: 'no-response',
      reason: 'aborted',
    });
  });

  it('sends nothing when its signal was aborted before', async () => {
    expect(await send('http://127.0.0.1:9', {}, AbortSignal.abort())).toMatchObject({
      kind: 'no-response',
      reason: 'aborted',
    });
  });

  it.each([
    ['nobody listens', 'ECONNREFUSED'],
    ['the address makes no sense', 'Invalid URL'],
    ['a header makes no sense', 'Invalid character in header'],
  ])('never rejects when %s', async (what, reason) => {
    const closed = createTcpServer();
    const url = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));

    const response = await send(what === 'the address makes no sense' ? 'http://' : url, {
      headers: what === 'a header makes no sense' ? { 'x-a': 'line\nbreak' } : {},
    });

    expect(response).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining(reason),
    });
  });

  it('calls a server that does not speak HTTP no answer', async () => {
    const tcp = createTcpServer((socket) => socket.resume().end('SSH-2.0\r\n\r\n'));
    const url = await listen(tcp);

    expect(await send(url)).toMatchObject({ kind: 'no-response' });
    await new Promise((resolve) => tcp.close(resolve));
  });

  it('verifies certificates', async () => {
    const url = await serve((_, response) => response.end());

    expect(await send(url.replace('http:', 'https:'))).toMatchObject({ kind: 'no-response' });
  });
});

describe('identityCheck', () => {
  const name = 'shop-123.eu-central-1.elb.amazonaws.com';
  const certificate = { subject: { CN: 'shop.example.com' } } as unknown as PeerCertificate;

  it('does not ask for a certificate in the load balancer’s own name, which nobody can have', () => {
    const { checkServerIdentity } = identityCheck({ accept: '*/*' });

    expect(checkServerIdentity?.(name, certificate)).toBeUndefined();
  });

  it.each(['host', 'Host'])('leaves the check to node when a check sets %s', (header) => {
    expect(identityCheck({ [header]: 'shop.example.com' })).toEqual({});
  });
});

describe('greengateVersion', () => {
  it('is the version of the package', () => {
    expect(greengateVersion).toMatch(/^\d+\.\d+\.\d+/);
  });
});
