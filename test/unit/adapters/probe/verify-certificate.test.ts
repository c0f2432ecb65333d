import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { NoAnswer } from '../../../../functions/adapters/probe/no-answer.ts';
import { verifyCertificate } from '../../../../functions/adapters/probe/verify-certificate.ts';
import { issueAuthority, issueCertificate } from '../../../../simulator/core/certificates.ts';

const certificate = new X509Certificate(
  issueCertificate(issueAuthority({ commonName: 'Our authority' }), {
    dnsNames: ['*.example.com', '10.0.0.1'],
    notBeforeMs: Date.parse('2026-01-02T00:00:00Z'),
    notAfterMs: Date.parse('2046-01-02T00:00:00Z'),
  }).certificatePem,
);
const facts = 'subject CN=*.example.com, issuer CN=Our authority, valid 2026-01-02 to 2046-01-02';

/** The end of a handshake, as node leaves it: what could not be verified is a code. */
function handshake(code?: string, peer: X509Certificate | undefined = certificate): TLSSocket {
  return {
    authorized: code === undefined,
    authorizationError: code,
    getPeerX509Certificate: () => peer,
  } as unknown as TLSSocket;
}

describe('verifyCertificate', () => {
  it.each(['shop.example.com', 'SHOP.EXAMPLE.COM', '10.0.0.1', undefined])(
    'accepts %s and reports the certificate',
    (name) => {
      expect(verifyCertificate(handshake(), name)).toEqual({
        subject: 'CN=*.example.com',
        issuer: 'CN=Our authority',
        validFromMs: Date.parse('2026-01-02T00:00:00Z'),
        validToMs: Date.parse('2046-01-02T00:00:00Z'),
      });
    },
  );

  it.each(['example.com', 'a.b.example.com', 'shop.example.org', '10.0.0.2'])(
    'refuses %s, which the certificate is not for',
    (name) => {
      expect(() => verifyCertificate(handshake(), name)).toThrow(
        new NoAnswer(
          `certificate is for *.example.com, 10.0.0.1, not for ${name} (ERR_TLS_CERT_ALTNAME_INVALID; ${facts})`,
        ),
      );
    },
  );

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate is self-signed, give it as tls.ca to trust it'],
    ...[
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ].map((code) => [
      code,
      'certificate comes from an unknown authority or its chain is incomplete, give a private authority as tls.ca',
    ]),
    ['CERT_HAS_EXPIRED', 'a certificate in the chain has expired'],
    ['CERT_NOT_YET_VALID', 'a certificate in the chain is not valid yet'],
    ['CERT_SIGNATURE_FAILURE', 'certificate cannot be verified'],
  ])('says what %s means and quotes the certificate', (code, words) => {
    expect(() => verifyCertificate(handshake(code), undefined)).toThrow(
      new NoAnswer(`${words} (${code}; ${facts})`),
    );
  });

  it('refuses a server that shows none', () => {
    const socket = { ...handshake(), getPeerX509Certificate: () => undefined } as TLSSocket;

    expect(() => verifyCertificate(socket, undefined)).toThrow(
      new NoAnswer('the server showed no certificate'),
    );
  });
});
