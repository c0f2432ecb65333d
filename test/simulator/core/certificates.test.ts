import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Authority,
  type IssuedCertificate,
  issueAuthority,
  issueCertificate,
} from '../../../simulator/core/certificates.ts';

const servers: tls.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A real TLS handshake; resolves with the verification's error code, or `trusted`. */
async function handshake(
  certificate: IssuedCertificate,
  client: { authority: Authority; host: string },
): Promise<string> {
  const server = tls.createServer({
    cert: certificate.certificatePem,
    key: certificate.privateKeyPem,
  });
  servers.push(server);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = tls.connect({
    host: '127.0.0.1',
    port,
    checkServerIdentity: (_host, peer) => tls.checkServerIdentity(client.host, peer),
    ca: client.authority.certificatePem,
  });
  return new Promise((resolve) => {
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve('trusted');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('certificates', () => {
  const authority = issueAuthority();
  const dayMs = 86_400_000;

  it.each([
    ['its own name', 'shop.test', 'trusted'],
    ['another of its names', 'pay.shop.test', 'trusted'],
    ['its IPv4 address', '127.0.0.1', 'trusted'],
    ['its IPv6 address', '2001:db8::7', 'trusted'],
    ['an embedded IPv4 address', '::ffff:10.0.0.1', 'trusted'],
    ['a name it is not for', 'other.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['two labels under a wildcard', 'a.b.shop.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('a certificate asked for by %s answers %s', async (_what, host, expected) => {
    const dnsNames = ['shop.test', '*.shop.test', '127.0.0.1', '2001:db8::7', '::ffff:10.0.0.1'];
    const certificate = issueCertificate(authority, { dnsNames });
    expect(await handshake(certificate, { authority, host })).toBe(expected);
  });

  it.each([
    ['an expired', { notAfterMs: Date.now() - dayMs }, 'CERT_HAS_EXPIRED'],
    ['a not yet valid', { notBeforeMs: Date.now() + dayMs }, 'CERT_NOT_YET_VALID'],
  ])('%s certificate is refused', async (_what, validity, expected) => {
    const certificate = issueCertificate(authority, { dnsNames: ['shop.test'], ...validity });
    expect(await handshake(certificate, { authority, host: 'shop.test' })).toBe(expected);
  });

  it('a certificate of another authority is refused', async () => {
    const certificate = issueCertificate(issueAuthority(), { dnsNames: ['shop.test'] });
    expect(await handshake(certificate, { authority, host: 'shop.test' })).toMatch(
      /SIGNATURE|UNABLE_TO_VERIFY|SELF_SIGNED/,
    );
  });

  it('a certificate tells the names and the term it was issued with', () => {
    const notBeforeMs = Date.UTC(2025, 0, 1);
    const notAfterMs = Date.UTC(2051, 5, 1);
    const issued = issueCertificate(authority, {
      dnsNames: ['shop.test', '*.shop.test'],
      notBeforeMs,
      notAfterMs,
    });
    const read = new X509Certificate(issued.certificatePem);
    expect({
      subject: read.subject,
      issuer: read.issuer,
      names: read.subjectAltName,
      from: Date.parse(read.validFrom),
      to: Date.parse(read.validTo),
      serial: read.serialNumber.toLowerCase(),
      ca: read.ca,
    }).toEqual({
      subject: 'CN=shop.test',
      issuer: 'CN=Greengate local authority',
      names: 'DNS:shop.test, DNS:*.shop.test',
      from: notBeforeMs,
      to: notAfterMs,
      serial: issued.serialNumber,
      ca: false,
    });
    expect(read.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
  });

  it('an authority is a certificate that signs itself and may sign others', () => {
    const read = new X509Certificate(authority.certificatePem);
    expect([read.ca, read.verify(read.publicKey)]).toEqual([true, true]);
  });

  it('a term that ends before it begins is refused', () => {
    const term = { notBeforeMs: Date.UTC(2026, 1, 2), notAfterMs: Date.UTC(2026, 1, 1) };
    expect(() => issueCertificate(authority, { dnsNames: ['shop.test'], ...term })).toThrow(
      'A certificate cannot end (2026-02-01T00:00:00.000Z) before it begins (2026-02-02T00:00:00.000Z)',
    );
  });

  it('a certificate without names is refused', () => {
    expect(() => issueCertificate(authority, { dnsNames: [] })).toThrow('at least one DNS name');
  });
});
