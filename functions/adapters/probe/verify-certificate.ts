import type { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import type { ProbeCertificate } from '../../core/ports/probe-transport.ts';
import { NoAnswer } from './no-answer.ts';

/**
 * Facts about the certificate of a finished handshake. Throws NoAnswer with a reason that quotes them when node could
 * not verify the chain, or when the certificate is not for `name`.
 */
export function verifyCertificate(socket: TLSSocket, name: string | undefined): ProbeCertificate {
  const peer = socket.getPeerX509Certificate();
  if (peer === undefined) throw new NoAnswer('the server showed no certificate');
  const certificate = certificateFacts(peer);
  if (!socket.authorized) {
    const code = String(socket.authorizationError);
    throw new NoAnswer(`${chainFault(code, certificate)} (${code}${quoted(certificate)})`);
  }
  if (name !== undefined && checkServerIdentity(name, peer.toLegacyObject()) !== undefined) {
    throw new NoAnswer(
      `certificate is for ${namesOf(peer)}, not for ${name} (ERR_TLS_CERT_ALTNAME_INVALID${quoted(certificate)})`,
    );
  }
  return certificate;
}

function certificateFacts(peer: X509Certificate): ProbeCertificate {
  return {
    subject: oneLine(peer.subject),
    issuer: oneLine(peer.issuer),
    validFromMs: Date.parse(peer.validFrom),
    validToMs: Date.parse(peer.validTo),
  };
}

/** By the codes of OpenSSL's verification (https://docs.openssl.org/3.0/man1/openssl-verification-options/). */
function chainFault(code: string, { validFromMs, validToMs }: ProbeCertificate): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return validToMs <= Date.now()
        ? `certificate expired on ${day(validToMs)}`
        : 'a certificate in the chain has expired';
    case 'CERT_NOT_YET_VALID':
      return validFromMs > Date.now()
        ? `certificate is not valid before ${day(validFromMs)}`
        : 'a certificate in the chain is not valid yet';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'certificate is self-signed, give it as tls.ca to trust it';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'certificate comes from an unknown authority or its chain is incomplete, give a private authority as tls.ca';
    case 'INVALID_PURPOSE':
      return 'certificate is not one for servers';
    default:
      return 'certificate cannot be verified';
  }
}

function quoted({ subject, issuer, validFromMs, validToMs }: ProbeCertificate): string {
  return `; subject ${subject}, issuer ${issuer}, valid ${day(validFromMs)} to ${day(validToMs)}`;
}

function namesOf(peer: X509Certificate): string {
  return peer.subjectAltName?.replaceAll(/(?:DNS|IP Address):/g, '') ?? oneLine(peer.subject);
}

/** `CN=shop.example.com, O=Shop`: node puts each part on a line of its own. */
function oneLine(name: string | undefined): string {
  return name === undefined || name === '' ? 'none' : name.replaceAll('\n', ', ');
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
