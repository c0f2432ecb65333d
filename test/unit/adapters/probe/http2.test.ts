import { afterEach, describe, expect, it } from 'vitest';
import { type Http2Listener, LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const servers = new LocalServers();
const tls = { ca: servers.authority.certificatePem };
afterEach(() => servers.stop());

const send = (url: string, changes: Parameters<typeof sendProbe>[1] = {}, signal?: AbortSignal) =>
  sendProbe(url, { protocol: 'h2', tls, ...changes }, signal);

describe('httpProbe over HTTP/2', () => {
  it('takes as many headers as over HTTP/1.1', async () => {
    const many = Array.from({ length: 200 }, (_, index) => [`x-${index}`, 'y']);
    const url = await servers.http2((stream) => {
      stream.respond({ ':status': 200, ...Object.fromEntries(many) });
      stream.end('ok');
    });

    expect(await send(url)).toMatchObject({ status: 200, headers: { 'x-199': 'y' }, body: 'ok' });
  });

  it.each(['https', 'http'] as const)('sends and receives over %s', async (scheme) => {
    let seen: Record<string, unknown> = {};
    let body = '';
    const url = await servers.http2((stream, headers) => {
      seen = headers;
      stream.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      stream.on('end', () => {
        stream.respond({ ':status': 201, 'x-release': 'v2', 'set-cookie': ['a=1', 'b=2'] });
        stream.end('größer');
      });
    }, scheme);

    const response = await send(`${url}/cart?x=1`, {
      method: 'PUT',
      body: '{"größe":1}',
      headers: { Host: 'shop.example.com', 'X-Probe': '1' },
    });

    expect(response).toMatchObject({
      kind: 'response',
      status: 201,
      headers: { 'x-release': 'v2', 'set-cookie': 'a=1, b=2' },
      setCookies: ['a=1', 'b=2'],
      body: 'größer',
      bodyBytes: 8,
      protocol: 'h2',
    });
    expect(Object.keys(response.kind === 'response' ? response.headers : {})).not.toContain(
      ':status',
    );
    expect(seen).toMatchObject({
      ':method': 'PUT',
      ':path': '/cart?x=1',
      ':scheme': scheme,
      ':authority': 'shop.example.com',
      'user-agent': 'Greengate/1.2.3',
      'content-length': '13',
      'x-probe': '1',
    });
    expect(body).toBe('{"größe":1}');
    await servers.deserted();
  });

  it('takes an answer without body', async () => {
    const url = await servers.http2((stream) =>
      stream.respond({ ':status': 204 }, { endStream: true }),
    );

    expect(await send(url)).toMatchObject({ status: 204, body: '', bodyBytes: 0 });
  });

  it('shows the certificate and counts the handshake', async () => {
    const url = await servers.http2((stream) => {
      stream.respond({ ':status': 200 });
      stream.end();
    });

    const response = await send(url);

    expect(response).toMatchObject({ certificate: { subject: 'CN=localhost' } });
    expect(response.timings?.tlsMs).toBeGreaterThan(0);
  });

  it('verifies certificates as ever', async () => {
    const url = await servers.http2((stream) => stream.respond({ ':status': 200 }));

    expect(await send(url, { tls: {} })).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining('unknown authority'),
    });
  });

  it.each<[string, Http2Listener, string]>([
    [
      'resets the stream within the body',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('half', () => stream.destroy(new Error('broken')));
      },
      'the server reset the stream (ERR_HTTP2_STREAM_ERROR: Stream closed with error code NGHTTP2_INTERNAL_ERROR), after 4 bytes of the body',
    ],
    [
      'announces more than it sends',
      (stream) => {
        stream.respond({ ':status': 200, 'content-length': 100 });
        stream.end('half');
      },
      'the server reset the stream (ERR_HTTP2_STREAM_ERROR: Stream closed with error code NGHTTP2_PROTOCOL_ERROR), after 4 of 100 bytes of the body',
    ],
    [
      'refuses the stream',
      (stream) => stream.close(7),
      'the server reset the stream (ERR_HTTP2_STREAM_ERROR: Stream closed with error code NGHTTP2_REFUSED_STREAM)',
    ],
    [
      'never answers',
      () => undefined,
      'no complete answer within 400 ms, waiting for the first byte of the answer',
    ],
    [
      'never ends its body',
      (stream) => {
        stream.respond({ ':status': 200 });
        stream.write('half');
      },
      'no complete answer within 400 ms, after 4 bytes of the body',
    ],
  ])('calls it no answer when the server %s', async (_, listener, reason) => {
    const url = await servers.http2(listener);

    expect(await send(url, { timeoutMs: 400 })).toMatchObject({ kind: 'no-response', reason });
    await servers.deserted();
  });

  it('takes a body that the server cancels for what it is, though node ends it in good order', async () => {
    const settings = '000000040000000000';
    const headers = '00000101040000000188';
    const data = `000004000000000001${Buffer.from('half').toString('hex')}`;
    const cancel = '00000403000000000100000008';
    const url = await servers.tcp((socket) => {
      const frames = Buffer.from(settings + headers + data + cancel, 'hex');
      socket.once('data', () => socket.write(frames));
    });

    expect(await send(url)).toMatchObject({
      kind: 'no-response',
      reason: 'the server reset the stream (code 8), after 4 bytes of the body',
    });
  });

  it('calls it no answer when the connection ends within the body', async () => {
    const url = await servers.http2((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => setTimeout(() => stream.session?.destroy(), 20));
    });

    expect(await send(url)).toMatchObject({
      kind: 'no-response',
      reason: expect.stringMatching(/^the server reset the stream .*, after 4 bytes of the body$/),
    });
  });

  it.each<[string, (servers: LocalServers) => Promise<string>, string]>([
    [
      'over TLS',
      (all) => all.https((_, response) => void response.end()),
      'the server does not speak HTTP/2: asked for h2, it chose http/1.1',
    ],
    [
      'in clear text',
      (all) => all.http((_, response) => void response.end()),
      'the server does not speak HTTP/2 (ERR_HTTP2_ERROR: Protocol error)',
    ],
  ])('says so when the server knows HTTP/1.1 only, %s', async (_, open, reason) => {
    expect(await send(await open(servers))).toMatchObject({ kind: 'no-response', reason });
    await servers.deserted();
  });

  it('says so when a server of HTTP/2 only is asked for HTTP/1.1', async () => {
    const url = await servers.http2((stream) => stream.respond({ ':status': 200 }));

    expect(await sendProbe(url, { tls })).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining('the server does not offer the protocol asked for'),
    });
  });

  it('refuses headers that HTTP/2 has no place for', async () => {
    const url = await servers.http2((stream) => stream.respond({ ':status': 200 }));

    expect(await send(url, { headers: { connection: 'keep-alive' } })).toMatchObject({
      kind: 'no-response',
      reason: expect.stringContaining('HTTP/1 Connection specific headers are forbidden'),
    });
    await servers.deserted();
  });

  it('stops at once when its signal aborts', async () => {
    const abort = new AbortController();
    const url = await servers.http2(() => abort.abort());

    expect(await send(url, {}, abort.signal)).toMatchObject({ reason: 'aborted' });
    await servers.deserted();
  });
});
