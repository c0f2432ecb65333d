import { createServer } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueAuthority } from '../../../../simulator/core/certificates.ts';
import { LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const dayMs = 86_400_000;
const servers = new LocalServers();
const ca = servers.authority.certificatePem;
const names = { sent: [] as unknown[], requests: 0 };

beforeEach(() => {
  Object.assign(names, { sent: [], requests: 0 });
});
afterEach(() => servers.stop());

const serve = (certificate: Parameters<LocalServers['https']>[1] = {}) =>
  servers.https((request, response) => {
    names.requests += 1;
    names.sent.push(Reflect.get(request.socket, 'servername'));
    response.end('secure');
  }, certificate);

const refused = (reason: unknown) => ({ kind: 'no-response', reason });

describe('httpProbe over TLS', () => {
  it('accepts a certificate of the given authority and reports its facts', async () => {
    const notAfterMs = Math.floor((Date.now() + 30 * dayMs) / 1_000) * 1_000;
    const url = await serve({ notAfterMs });

    const response = await sendProbe(url, { tls: { ca } });

    expect(response).toMatchObject({
      kind: 'response',
      body: 'secure',
      protocol: 'http/1.1',
      certificate: {
        subject: 'CN=localhost',
        issuer: 'CN=Greengate local authority',
        validToMs: notAfterMs,
      },
    });
    expect(response.timings?.tlsMs).toBeGreaterThan(0);
    expect(names.sent).toEqual(['localhost']);
    await servers.deserted();
  });

  it.each<[string, { serverName?: string; host?: string }, string]>([
    ['serverName', { serverName: 'shop.example.com' }, 'shop.example.com'],
    ['the Host header', { host: 'shop.example.com:8443' }, 'shop.example.com'],
    [
      'serverName rather than the Host header',
      { serverName: 'shop.example.com', host: 'other.example.com' },
      'shop.example.com',
    ],
  ])('sends and verifies %s', async (_, { serverName, host }, sent) => {
    const url = await serve({ dnsNames: ['shop.example.com'] });

    const response = await sendProbe(url, {
      tls: { ca, serverName },
      headers: host === undefined ? {} : { host },
    });

    expect(response).toMatchObject({ kind: 'response', body: 'secure' });
    expect(names.sent).toEqual([sent]);
  });

  it.each<[string, { serverName?: string; host?: string }]>([
    ['serverName', { serverName: 'api.example.com' }],
    ['the Host header', { host: 'api.example.com' }],
  ])('refuses a certificate that is not for %s', async (_, { serverName, host }) => {
    const url = await serve({ dnsNames: ['shop.example.com', '*.shop.example.com'] });

    const response = await sendProbe(url, {
      tls: { ca, serverName },
      headers: host === undefined ? {} : { host },
    });

    expect(response).toMatchObject(
      refused(
        expect.stringMatching(
          /^certificate is for shop\.example\.com, \*\.shop\.example\.com, not for api\.example\.com \(ERR_TLS_CERT_ALTNAME_INVALID; subject CN=shop\.example\.com, issuer CN=Greengate local authority, valid \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)$/,
        ),
      ),
    );
    expect(names.requests).toBe(0);
    await servers.deserted();
  });

  it('verifies the chain, but no name, where the address is all there is', async () => {
    const url = (await serve({ dnsNames: ['shop.example.com'] })).replace('localhost', '127.0.0.1');

    expect(await sendProbe(url, { tls: { ca } })).toMatchObject({ kind: 'response' });
    expect(await sendProbe(url)).toMatchObject({ kind: 'no-response' });
    expect(names.sent).toEqual([false]);
  });

  it('refuses an expired certificate and says since when', async () => {
    const url = await serve({ notAfterMs: Date.parse('2026-10-01T12:00:00Z') });

    expect(await sendProbe(url, { tls: { ca } })).toMatchObject(
      refused(
        expect.stringMatching(
          /^certificate expired on 2026-10-01 \(CERT_HAS_EXPIRED; subject CN=localhost, .* to 2026-10-01\)$/,
        ),
      ),
    );
    expect(names.requests).toBe(0);
  });

  it('refuses a certificate that is not valid yet', async () => {
    const url = await serve({ notBeforeMs: Date.now() + 2 * dayMs });
    const day = new Date(Date.now() + 2 * dayMs).toISOString().slice(0, 10);

    expect(await sendProbe(url, { tls: { ca } })).toMatchObject(
      refused(
        expect.stringContaining(`certificate is not valid before ${day} (CERT_NOT_YET_VALID`),
      ),
    );
  });

  it.each([
    ['public', undefined],
    ['another private', issueAuthority({ commonName: 'Other authority' }).certificatePem],
  ])('refuses an authority that is unknown to the %s ones', async (_, trusted) => {
    const url = await serve();

    expect(await sendProbe(url, { tls: { ca: trusted } })).toMatchObject(
      refused(
        expect.stringMatching(
          /^certificate comes from an unknown authority .* \((?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE); subject CN=localhost, issuer CN=Greengate local authority/,
        ),
      ),
    );
    expect(names.requests).toBe(0);
    await servers.deserted();
  });

  it('tells an expired authority from an expired certificate', async () => {
    const authority = issueAuthority({ notAfterMs: Date.now() - dayMs });
    const server = createServer(servers.certificate({}, authority), () => undefined);
    const url = await servers.listen(server, 'https');

    expect(await sendProbe(url, { tls: { ca: authority.certificatePem } })).toMatchObject(
      refused(expect.stringContaining('a certificate in the chain has expired (CERT_HAS_EXPIRED;')),
    );
  });

  it('refuses the certificate of an authority itself', async () => {
    const { certificatePem: cert, privateKey } = servers.authority;
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const url = await servers.listen(
      createServer({ key, cert }, () => undefined),
      'https',
    );

    expect(await sendProbe(url, { tls: { ca } })).toMatchObject(
      refused(expect.stringContaining('certificate is not one for servers (INVALID_PURPOSE;')),
    );
  });

  it('says so when the authority given is none', async () => {
    const url = await serve();

    expect(
      await sendProbe(url, { tls: { ca: '-----BEGIN CERTIFICATE-----\nnone' } }),
    ).toMatchObject(refused('tls.ca cannot be read as a PEM certificate'));
    await servers.deserted();
  });

  it('says so when the server does not speak TLS', async () => {
    const url = await servers.http((_, response) => {
      response.end();
    });

    expect(await sendProbe(url.replace('http:', 'https:'))).toMatchObject(
      refused('the server does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER: wrong version number)'),
    );
  });

  it('gives up on a server that never answers the handshake', async () => {
    const url = await servers.tcp((socket) => socket.resume());

    const response = await sendProbe(url.replace('http:', 'https:'), { timeoutMs: 250 });

    expect(response).toMatchObject(
      refused('no complete answer within 250 ms, in the TLS handshake'),
    );
    expect(response.timings?.tlsMs).toBeGreaterThan(0);
    await servers.deserted();
  });

  it('says so when the server hangs up in the handshake', async () => {
    const url = await servers.tcp((socket) => socket.once('data', () => socket.end()));

    expect(await sendProbe(url.replace('http:', 'https:'))).toMatchObject(
      refused('the server closed the connection in the TLS handshake (ECONNRESET)'),
    );
  });
});
