import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import {
  bitString,
  boolean,
  element,
  explicit,
  implicit,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  unsignedInteger,
  utf8String,
} from './der.ts';

export interface Validity {
  /** Epoch milliseconds; default one day ago. */
  readonly notBeforeMs?: number;
  /** Epoch milliseconds; default 395 days from now. */
  readonly notAfterMs?: number;
}

/** A certificate with its key, both PEM; keys are ECDSA P-256. */
export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** Authorities between this certificate and the one that clients trust: none, so empty. */
  readonly chainPem: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** A certificate authority of one's own; clients trust it by its `certificatePem`. */
export interface Authority {
  readonly commonName: string;
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest extends Validity {
  /** Subject alternative names: DNS names (`*.example.com` too) and IP addresses; the first is the common name. */
  readonly dnsNames: readonly string[];
}

const dayMs = 86_400_000;
const certificateDays = 395;
const authorityDays = 3_650;
const oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

/** Makes a new authority: a self-signed certificate that may sign others (RFC 5280, 4.2.1.9). */
export function issueAuthority(
  options: Validity & { readonly commonName?: string } = {},
): Authority {
  const { commonName = 'Greengate local authority' } = options;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { notBeforeMs, notAfterMs } = validity(options, authorityDays);
  const certificate = signed(keys.privateKey, {
    serial: newSerial(),
    issuer: commonName,
    subject: commonName,
    notBeforeMs,
    notAfterMs,
    publicKey: keys.publicKey,
    extensions: [
      extension(oid.basicConstraints, sequence(boolean(true)), true),
      // keyCertSign and cRLSign
      extension(oid.keyUsage, bitString(Buffer.from([0b0000_0110]), 1), true),
      extension(oid.subjectKeyIdentifier, octetString(keyIdentifier(keys.publicKey))),
    ],
  });
  return { commonName, certificatePem: pem(certificate), privateKey: keys.privateKey };
}

/** Issues a server certificate for the given names; validity in the past makes an expired one. Throws without names. */
export function issueCertificate(
  authority: Authority,
  request: CertificateRequest,
): IssuedCertificate {
  const [subject] = request.dnsNames;
  if (subject === undefined) throw new Error('A certificate needs at least one DNS name, got none');
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuerKey = createPublicKey(authority.privateKey);
  const serial = newSerial();
  const { notBeforeMs, notAfterMs } = validity(request, certificateDays);
  const certificate = signed(authority.privateKey, {
    serial,
    issuer: authority.commonName,
    subject,
    notBeforeMs,
    notAfterMs,
    publicKey: keys.publicKey,
    extensions: [
      extension(oid.basicConstraints, sequence(), true),
      // digitalSignature
      extension(oid.keyUsage, bitString(Buffer.from([0b1000_0000]), 7), true),
      extension(oid.extendedKeyUsage, sequence(objectIdentifier(oid.serverAuth))),
      extension(oid.subjectKeyIdentifier, octetString(keyIdentifier(keys.publicKey))),
      extension(oid.authorityKeyIdentifier, sequence(implicit(0, keyIdentifier(issuerKey)))),
      extension(oid.subjectAltName, sequence(...request.dnsNames.map(generalName))),
    ],
  });
  return {
    certificatePem: pem(certificate),
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    chainPem: '',
    serialNumber: serial.toString('hex'),
    notBeforeMs,
    notAfterMs,
  };
}

interface Unsigned {
  readonly serial: Buffer;
  readonly issuer: string;
  readonly subject: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** Certificate of RFC 5280, 4.1, version 3. */
function signed(issuerKey: KeyObject, parts: Unsigned): Buffer {
  const algorithm = sequence(objectIdentifier(oid.ecdsaWithSha256));
  const toBeSigned = sequence(
    explicit(0, unsignedInteger(Buffer.from([2]))),
    unsignedInteger(parts.serial),
    algorithm,
    name(parts.issuer),
    sequence(time(parts.notBeforeMs), time(parts.notAfterMs)),
    name(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...parts.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, issuerKey)));
}

function validity(given: Validity, days: number): { notBeforeMs: number; notAfterMs: number } {
  const now = Date.now();
  const notBeforeMs = given.notBeforeMs ?? Math.min(now, given.notAfterMs ?? now) - dayMs;
  const notAfterMs = given.notAfterMs ?? now + days * dayMs;
  if (notAfterMs >= notBeforeMs) return { notBeforeMs, notAfterMs };
  throw new Error(
    `A certificate cannot end (${new Date(notAfterMs).toISOString()}) before it begins (${new Date(notBeforeMs).toISOString()})`,
  );
}

/** Positive, 16 bytes, without a leading zero. */
function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  return serial;
}

function name(commonName: string): Buffer {
  return sequence(setOf(sequence(objectIdentifier(oid.commonName), utf8String(commonName))));
}

function extension(identifier: string, value: Buffer, critical = false): Buffer {
  const flag = critical ? [boolean(true)] : [];
  return sequence(objectIdentifier(identifier), ...flag, octetString(value));
}

/** SHA-1 of the uncompressed point, the last 65 bytes of a P-256 key (RFC 5280, 4.2.1.2, method 1). */
function keyIdentifier(key: KeyObject): Buffer {
  const point = key.export({ type: 'spki', format: 'der' }).subarray(-65);
  return createHash('sha1').update(point).digest();
}

/** dNSName or iPAddress of a subject alternative name. */
function generalName(text: string): Buffer {
  if (isIPv4(text)) return implicit(7, Buffer.from(text.split('.').map(Number)));
  if (isIPv6(text)) return implicit(7, ipv6Bytes(text));
  return element(0x82, Buffer.from(text, 'latin1'));
}

function ipv6Bytes(address: string): Buffer {
  // The URL parser writes an embedded IPv4 address as groups too.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const before = groups(head);
  const after = groups(tail);
  const zeros = Array.from<string>({ length: 8 - before.length - after.length }).fill('0');
  const bytes = Buffer.alloc(16);
  [...before, ...zeros, ...after].forEach((group, index) => {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  });
  return bytes;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
