import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { greengateVersion } from '../../../../functions/adapters/greengate-version.ts';
import { LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const answerless = { kind: 'no-response' };

describe('httpProbe over HTTP/1.1', () => {
  it('brings back status, headers, cookies and body, and says who asked', async () => {
    let seen: Record<string, unknown> = {};
    const url = await servers.http((request, response) => {
      seen = { method: request.method, url: request.url, ...request.headers };
      response.setHeader('X-Release', ['v2', 'blue']);
      response.setHeader('Set-Cookie', ['a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT', 'b=2']);
      response.writeHead(201).end('größer');
    });

    const response = await sendProbe(`${url}/cart?x=1`, {
      method: 'POST',
      headers: { 'X-Greengate-Probe': 'd-1' },
    });

    expect(response).toMatchObject({
      kind: 'response',
      status: 201,
      headers: { 'x-release': 'v2, blue' },
      setCookies: ['a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT', 'b=2'],
      body: 'größer',
      bodyBytes: 8,
      protocol: 'http/1.1',
    });
    expect(response).toHaveProperty('certificate', undefined);
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/cart?x=1',
      host: new URL(url).host,
      'user-agent': 'Greengate/1.2.3',
      'accept-encoding': 'identity',
      'x-greengate-probe': 'd-1',
      connection: 'close',
    });
  });

  it('lets a check name host and user agent, whatever their case', async () => {
    let seen: Record<string, unknown> = {};
    const url = await servers.http((request, response) => {
      seen = request.headers;
      response.end();
    });

    await sendProbe(url, { headers: { Host: 'shop.example.com', 'User-Agent': 'browser' } });

    expect(seen).toMatchObject({ host: 'shop.example.com', 'user-agent': 'browser' });
  });

  it.each(['POST', 'DELETE'])('sends a body with %s and its length', async (method) => {
    let seen: unknown;
    const url = await servers.http(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      seen = [request.headers['content-length'], Buffer.concat(parts).toString()];
      response.end();
    });

    await sendProbe(url, { method, body: '{"größe":1}' });

    expect(seen).toEqual(['13', '{"größe":1}']);
  });

  it('opens a connection for every request and leaves none behind', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    await Promise.all([sendProbe(url), sendProbe(url), sendProbe(url)]);
    await sendProbe(url);

    expect(servers.accepted).toHaveLength(4);
    await servers.deserted();
  });

  it('keeps the first bytes of a long body, never half a character, and reads the rest', async () => {
    const url = await servers.http((_, response) => {
      response.end('ß'.repeat(250_000));
    });

    const response = await sendProbe(url, { maxBodyBytes: 9 });

    expect(response).toMatchObject({ kind: 'response', body: 'ßßßß', bodyBytes: 500_000 });
  });

  it('reads a body in the charset that it names', async () => {
    const url = await servers.http((_, response) => {
      response.setHeader('content-type', 'text/plain; charset=ISO-8859-1');
      response.end(Buffer.from('größer', 'latin1'));
    });

    expect(await sendProbe(url)).toMatchObject({ body: 'größer', bodyBytes: 6 });
  });

  it('takes a redirect loop as one answer', async () => {
    let requests = 0;
    const url = await servers.http((_, response) => {
      requests += 1;
      response.writeHead(302, { location: '/' }).end();
    });

    expect(await sendProbe(url)).toMatchObject({ status: 302, headers: { location: '/' } });
    expect(requests).toBe(1);
  });

  it.each(['HEAD', 'GET'])('expects no body that %s does not bring', async (method) => {
    const url = await servers.http((_, response) => {
      response.writeHead(method === 'HEAD' ? 200 : 304, { 'content-length': '1234' }).end();
    });

    expect(await sendProbe(url, { method })).toMatchObject({
      kind: 'response',
      body: '',
      bodyBytes: 0,
    });
  });

  it.each<[string, RequestListener, string]>([
    ['never answers', () => undefined, 'waiting for the first byte of the answer'],
    [
      'never ends its body',
      (_, response) => response.writeHead(200).write('abc'),
      'after 3 bytes of the body',
    ],
    [
      'announces more than it sends',
      (_, response) => response.writeHead(200, { 'content-length': '10' }).write('abc'),
      'after 3 of 10 bytes of the body',
    ],
  ])('gives up on a server that %s and says how far it got', async (_, listener, progress) => {
    const url = await servers.http(listener);

    expect(await sendProbe(url, { timeoutMs: 60 })).toMatchObject({
      ...answerless,
      reason: `no complete answer within 60 ms, ${progress}`,
    });
    await servers.deserted();
  });

  it('gives up on a body that drips, because the limit is for the whole exchange', async () => {
    const url = await servers.http((_, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });

    expect(await sendProbe(url, { timeoutMs: 80 })).toMatchObject({
      reason: expect.stringMatching(
        /^no complete answer within 80 ms, after \d+ bytes of the body$/,
      ),
    });
    await servers.deserted();
  });

  it.each<[string, RequestListener, string]>([
    [
      'closes before the body is complete',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setImmediate(() => response.destroy());
      },
      'the body broke off, after 4 of 100 bytes of the body',
    ],
    [
      'closes within a chunked body',
      (_, response) => {
        response.write('half');
        setImmediate(() => response.destroy());
      },
      'the body broke off, after 4 bytes of the body',
    ],
    [
      'resets within the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half', () =>
          // After the client has read it: a reset throws away what is under way.
          setTimeout(() => request.socket.resetAndDestroy(), 20),
        );
      },
      'the server reset the connection (read ECONNRESET), after 4 of 100 bytes of the body',
    ],
    [
      'writes broken chunks',
      ({ socket }) =>
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\nZZ\r\n'),
      'the answer is not valid HTTP (Parse Error: Invalid character in chunk size), after 4 bytes of the body',
    ],
    [
      'resets before any answer',
      ({ socket }) => socket.resetAndDestroy(),
      'the server reset the connection (read ECONNRESET)',
    ],
    [
      'closes before any answer',
      ({ socket }) => socket.end(),
      'the server closed the connection without an answer (ECONNRESET)',
    ],
    [
      'switches protocols unasked',
      ({ socket }) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
        ),
      'the server switched protocols unasked',
    ],
    [
      'sends more than anybody reads',
      (_, response) => response.end(Buffer.alloc(10_000_001)),
      'more than 10000000 bytes of body',
    ],
  ])('calls it no answer when the server %s', async (_, listener, reason) => {
    const url = await servers.http((request, response) => void listener(request, response));

    expect(await sendProbe(url)).toMatchObject({ ...answerless, reason });
    await servers.deserted();
  });

  it('calls a server that does not speak HTTP no answer', async () => {
    const url = await servers.tcp((socket) => socket.resume().end('SSH-2.0\r\n\r\n'));

    expect(await sendProbe(url)).toMatchObject({
      ...answerless,
      reason: expect.stringContaining('the answer is not valid HTTP'),
    });
  });

  it('stops at once when its signal aborts, in the middle of a body too', async () => {
    for (const begun of [false, true]) {
      const abort = new AbortController();
      const url = await servers.http((_, response) => {
        if (begun) response.write('a', () => abort.abort());
        else abort.abort();
      });

      expect(await sendProbe(url, {}, abort.signal)).toMatchObject({
        ...answerless,
        reason: 'aborted',
      });
    }
    await servers.deserted();
  });

  it('sends nothing when its signal was aborted before', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    expect(await sendProbe(url, {}, AbortSignal.abort())).toMatchObject({ reason: 'aborted' });
    expect(servers.accepted).toEqual([]);
  });

  it.each([
    ['nobody listens', 'connection refused (connect ECONNREFUSED'],
    ['the name does not exist', 'the name does not resolve (getaddrinfo ENOTFOUND'],
    ['the address makes no sense', 'Invalid URL'],
    ['a header makes no sense', 'Invalid character in header'],
  ])('never rejects when %s', async (what, reason) => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => closed.close(resolve));
    const url =
      what === 'the name does not exist'
        ? 'http://nobody.invalid'
        : what === 'the address makes no sense'
          ? 'http://'
          : what === 'a header makes no sense'
            ? await servers.http(() => undefined)
            : `http://127.0.0.1:${port}`;

    const response = await sendProbe(url, {
      headers: what === 'a header makes no sense' ? { 'x-a': 'line\nbreak' } : {},
    });

    expect(response).toMatchObject({ ...answerless, reason: expect.stringContaining(reason) });
  });
});

describe('timings of a probe', () => {
  it('add up: each phase is counted once, and what did not take place is 0', async () => {
    const url = await servers.http((_, response) => {
      setTimeout(() => response.end('late'), 50);
    });

    const { timings, durationMs } = await sendProbe(url);

    expect(timings?.tlsMs).toBe(0);
    expect(timings?.connectMs).toBeGreaterThan(0);
    expect(timings?.firstByteMs).toBeGreaterThan(45);
    expect(timings?.totalMs).toBe(durationMs);
    const { dnsMs = 0, connectMs = 0, firstByteMs = 0, totalMs = 0 } = timings ?? {};
    expect(dnsMs + connectMs + firstByteMs).toBeLessThanOrEqual(totalMs);
  });

  it('charge a hanging server to the first byte', async () => {
    const url = await servers.http(() => undefined);

    const { timings } = await sendProbe(url, { timeoutMs: 60 });

    expect(timings?.firstByteMs).toBeGreaterThan(40);
    expect(timings?.connectMs).toBeLessThan(40);
  });

  it('need no lookup for an address', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    const { timings } = await sendProbe(url.replace('localhost', '127.0.0.1'));

    expect(timings?.dnsMs).toBe(0);
  });
});

describe('many probes on one signal', () => {
  it('leave no listener on it', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (type: string, listener: never, options?: never) => {
      listeners.add(listener);
      addEventListener.call(signal, type, listener, options);
    };
    signal.removeEventListener = (type: string, listener: never) => {
      listeners.delete(listener);
      removeEventListener.call(signal, type, listener);
    };

    await Promise.all(Array.from({ length: 20 }, () => sendProbe(url, {}, signal)));

    expect([...listeners]).toEqual([]);
    await servers.deserted();
  });
});

describe('greengateVersion', () => {
  it('is the version of the package', () => {
    expect(greengateVersion).toMatch(/^\d+\.\d+\.\d+/);
  });
});
