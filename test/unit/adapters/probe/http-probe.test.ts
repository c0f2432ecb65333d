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

describe('greengateVersion', () => {
  it('is the version of the package', () => {
    expect(greengateVersion).toMatch(/^\d+\.\d+\.\d+/);
  });
});
