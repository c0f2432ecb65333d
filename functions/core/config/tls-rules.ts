import { X509Certificate } from 'node:crypto';
import { memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

const oneCertificate = /-----BEGIN CERTIFICATE-----[\s\S]*?(?:-----END CERTIFICATE-----|$)/g;

/** Host names as certificates have them (RFC 1123); what is sent as SNI is never an address (RFC 6066 section 3). */
const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const address = /^\d+(?:\.\d+){3}$/;

/** Mistakes in the TLS settings of a check that would fail each of its requests; paths start at the check. */
export function tlsIssues(check: unknown): ConfigIssue[] {
  const tls = memberAt(check, 'tls');
  return [...authorityIssues(memberAt(tls, 'ca')), ...nameIssues(memberAt(tls, 'serverName'))];
}

function authorityIssues(ca: unknown): ConfigIssue[] {
  if (typeof ca !== 'string') return [];
  const texts = ca.match(oneCertificate) ?? [];
  const broken = texts.findIndex((text) => !isCertificate(text));
  if (broken < 0) return [];
  const which = texts.length === 1 ? '' : ` (number ${broken + 1})`;
  const message = `has a certificate${which} that cannot be read, expected all of its PEM text, with its line breaks, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----`;
  return [{ path: ['tls', 'ca'], message }];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function nameIssues(name: unknown): ConfigIssue[] {
  if (typeof name !== 'string' || name === '') return [];
  if (hostName.test(name) && !address.test(name)) return [];
  const message = `is ${JSON.stringify(name)}, expected a host name such as shop.example.com`;
  return [{ path: ['tls', 'serverName'], message }];
}
