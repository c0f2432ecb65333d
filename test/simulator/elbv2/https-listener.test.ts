import http2 from 'node:http2';
import https from 'node:https';
import type tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueAuthority, issueCertificate } from '../../../simulator/core/certificates.ts';
import type { Listener } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';
import { handshake, httpsGet } from './tls-clients.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

const authority = () => fixture.acm.authority.certificatePem;
const get = (listener: Listener, options?: https.RequestOptions) =>
  httpsGet(listener, authority(), options);
const shake = (listener: Listener, options: tls.ConnectionOptions) =>
  handshake(listener, authority(), options);

describe('an HTTPS listener', () => {
  it('ends TLS and tells the target so', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1', (request, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    const answer = await get(listener);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      host: 'shop.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
  });

  it('answers HTTP/2 clients from an HTTP/1.1 target', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    await fixture.target(group, '10.0.0.1', (request, response) => {
      response.setHeader('Connection', 'keep-alive');
      request.pipe(response.writeHead(201, 'Made', { 'X-Cookies': `${request.headers.cookie}` }));
    });
    const protocols: string[] = [];
    fixture.model.onRequest(({ protocol, path }) => protocols.push(`${protocol} ${path}`));
    const session = http2.connect(`https://127.0.0.1:${listener.address.port}`, {
      servername: 'shop.test',
      ca: fixture.acm.authority.certificatePem,
    });
    const body = 'x'.repeat(200_000);
    const headers = new Map<string, string | string[]>([
      [':method', 'POST'],
      [':path', '/echo?a=1'],
      [':authority', 'shop.test'],
      ['cookie', ['a=1', 'b=2']],
    ]);
    const stream = session.request(Object.fromEntries(headers));
    stream.end(body);
    const answered = new Promise<http2.IncomingHttpHeaders>((resolve) => {
      stream.once('response', resolve);
    });
    let received = '';
    for await (const chunk of stream) received += chunk;
    session.destroy();
    expect(await answered).toMatchObject({ ':status': 201, 'x-cookies': 'a=1; b=2' });
    expect(received).toBe(body);
    expect(protocols).toEqual(['h2 /echo']);
  });

  it.each([
    ['h2 before http/1.1', ['http/1.1', 'h2'], true, 'h2'],
    ['http/1.1 when nothing else is offered', ['http/1.1'], true, 'http/1.1'],
    ['http/1.1 when HTTP/2 is switched off', ['h2', 'http/1.1'], false, 'http/1.1'],
    ['no protocol when none is offered', undefined, true, false],
  ])('agrees on %s', async (_what, offered, http2Enabled, expected) => {
    const listener = await fixture.secureListener(fixture.group('blue'));
    listener.loadBalancer.attributes.set('routing.http2.enabled', String(http2Enabled));
    const { alpn } = await shake(listener, offered ? { ALPNProtocols: offered } : {});
    expect(alpn).toBe(expected);
  });

  it.each([
    ['ELBSecurityPolicy-2016-08', 'TLSv1.3', 'TLSv1.2'],
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLSv1.3', 'TLSv1.3'],
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLSv1.2', 'TLSv1.2'],
  ] as const)('with %s gives a client of up to %s %s', async (sslPolicy, maxVersion, expected) => {
    const listener = await fixture.secureListener(fixture.group('blue'), { sslPolicy });
    const { version } = await shake(listener, { maxVersion, minVersion: 'TLSv1.2' });
    expect(version).toBe(expected);
  });

  it('refuses a client whose TLS is older than the policy and counts it', async () => {
    const listener = await fixture.secureListener(fixture.group('blue'), {
      sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    });
    await expect(shake(listener, { maxVersion: 'TLSv1.2' })).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    });
    expect(fixture.metrics.map(({ name }) => name)).toEqual(['ClientTLSNegotiationErrorCount']);
  });

  it('shows each server name its own certificate and others the default one', async () => {
    const listener = await fixture.secureListener(fixture.group('blue'));
    const wildcard = fixture.acm.request({ domainName: '*.shop.test' });
    const pay = fixture.acm.request({ domainName: 'pay.shop.test' });
    fixture.model.listeners.addCertificates(
      listener.arn,
      [wildcard, pay].map(({ arn }) => ({ CertificateArn: arn })),
    );
    const shown = async (servername: string) => {
      return (await shake(listener, { servername, rejectUnauthorized: false })).subject;
    };
    expect(await shown('www.shop.test')).toBe('*.shop.test');
    expect(await shown('pay.shop.test')).toBe('pay.shop.test');
    expect(await shown('a.b.shop.test')).toBe('shop.test');
    expect(await shown('')).toBe('shop.test');
    fixture.model.listeners.removeCertificates(listener.arn, [{ CertificateArn: pay.arn }]);
    expect(await shown('pay.shop.test')).toBe('*.shop.test');
  });

  it.each([
    ['an expired certificate', () => ({ notAfterMs: Date.now() - 1_000 }), 'CERT_HAS_EXPIRED'],
    ['another name', () => ({ dnsNames: ['other.test'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('lets clients find out about %s', async (_what, options, code) => {
    const issued = issueCertificate(fixture.acm.authority, {
      dnsNames: ['shop.test'],
      ...options(),
    });
    const certificateArn = fixture.acm.import(issued).arn;
    const listener = await fixture.secureListener(fixture.group('blue'), { certificateArn });
    await expect(get(listener)).rejects.toMatchObject({ code });
  });

  it('is not trusted with a certificate of an unknown authority, but by who knows it', async () => {
    const group = fixture.group('blue');
    await fixture.target(group, '10.0.0.1');
    const own = issueAuthority({ commonName: 'Own' });
    const { arn } = fixture.acm.import(issueCertificate(own, { dnsNames: ['shop.test'] }));
    const listener = await fixture.secureListener(group, { certificateArn: arn });
    await expect(get(listener)).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect((await get(listener, { ca: own.certificatePem })).body).toBe('10.0.0.1');
  });

  it('shows a certificate that was imported anew without being told', async () => {
    const expired = { dnsNames: ['shop.test'], notAfterMs: Date.now() - 1_000 };
    const { authority } = fixture.acm;
    const { arn } = fixture.acm.import(issueCertificate(authority, expired));
    const group = fixture.group('blue');
    await fixture.target(group, '10.0.0.1');
    const listener = await fixture.secureListener(group, { certificateArn: arn });
    await expect(get(listener)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    const renewed = issueCertificate(authority, { dnsNames: ['shop.test'] });
    fixture.acm.import({ ...renewed, certificateArn: arn });
    expect((await get(listener)).body).toBe('10.0.0.1');
  });

  it('becomes one, and plain again, on the same address', async () => {
    const group = fixture.group('blue');
    await fixture.target(group, '10.0.0.1');
    const listener = await fixture.listener(group);
    const { arn } = fixture.acm.request({ domainName: 'shop.test' });
    fixture.model.listeners.modify(listener.arn, {
      protocol: 'HTTPS',
      certificates: [{ CertificateArn: arn }],
    });
    expect((await get(listener)).body).toBe('10.0.0.1');
    fixture.model.listeners.modify(listener.arn, { protocol: 'HTTP' });
    expect((await fixture.get(listener)).body).toBe('10.0.0.1');
  });

  it('redirects to its own protocol and host', async () => {
    const listener = await fixture.secureListener(fixture.group('blue'));
    fixture.model.listeners.modify(listener.arn, {
      defaultActions: [
        { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Path: '/moved' } },
      ],
    });
    const location = await new Promise((resolve) => {
      https.get(
        {
          ...listener.address,
          servername: 'shop.test',
          ca: fixture.acm.authority.certificatePem,
          headers: { host: 'shop.test' },
          path: '/a?b=c',
        },
        (response) => resolve(response.headers.location),
      );
    });
    expect(location).toBe('https://shop.test:443/moved?b=c');
  });

  it('stops with clients still connected', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.secureListener(group);
    let arrived = () => {};
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await fixture.target(group, '10.0.0.1', (request) => {
      if (request.url === '/hang') arrived();
    });
    const session = http2.connect(`https://127.0.0.1:${listener.address.port}`, {
      ca: fixture.acm.authority.certificatePem,
      servername: 'shop.test',
    });
    session.on('error', () => {});
    const closed = new Promise<void>((resolve) => {
      session.once('close', resolve);
    });
    session.request({ ':path': '/hang' }).on('error', () => {});
    await reached;
    await fixture.model.deleteListener(listener.arn);
    await closed;
    expect(session.destroyed).toBe(true);
  });
});
