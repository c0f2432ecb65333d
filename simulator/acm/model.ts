import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Tag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { type Authority, issueAuthority, issueCertificate } from '../core/certificates.ts';
import type { AcmService, ServerCertificate } from '../core/services.ts';
import type { World } from '../core/world.ts';

export interface StoredCertificate extends ServerCertificate {
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED';
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Virtual time. */
  readonly createdAtMs: number;
  /** Undefined while its names wait to be validated, and for what was imported. */
  readonly issuedAtMs: number | undefined;
  readonly validationMethod: 'DNS' | 'EMAIL' | undefined;
  readonly transparencyLogging: 'ENABLED' | 'DISABLED';
  /** As requested; the key itself is always ECDSA P-256. Undefined for what was imported. */
  readonly keyAlgorithm: RequestedKey | undefined;
  readonly idempotencyToken: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

export type RequestedKey = 'RSA_2048' | 'EC_prime256v1';

export interface RequestCertificateRequest {
  readonly domainName: string;
  readonly subjectAlternativeNames?: readonly string[] | undefined;
  readonly validationMethod?: 'DNS' | 'EMAIL' | undefined;
  readonly transparencyLogging?: 'ENABLED' | 'DISABLED' | undefined;
  readonly keyAlgorithm?: RequestedKey | undefined;
  readonly idempotencyToken?: string | undefined;
  /** Virtual time until its names are validated; default 0, issued at once. */
  readonly validationMs?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface ImportCertificateRequest {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly chainPem?: string | undefined;
  /** Replaces the certificate behind this ARN; without it a new one is made. */
  readonly certificateArn?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

const mostNames = 10;
const domainPattern =
  /^(\*\.)?(((?!-)[A-Za-z0-9-]{1,63}(?<!-))\.)+((?!-)[A-Za-z0-9-]{2,63}(?<!-))$/;

/**
 * Certificates for listeners. What is requested is validated at once and signed by a local authority that
 * stands for the public ones; what is imported may be signed by anybody, expired or for other names.
 */
export class AcmModel implements AcmService {
  readonly authority: Authority = issueAuthority();
  readonly #world: World;
  readonly #byArn = new Map<string, StoredCertificate>();

  constructor(world: World) {
    this.#world = world;
  }

  /** RequestCertificate. Throws `InvalidParameterException` for names that no public authority certifies. */
  request(request: RequestCertificateRequest): StoredCertificate {
    const names = [request.domainName, ...(request.subjectAlternativeNames ?? [])];
    const domainNames = [...new Set(names.map((name) => name.toLowerCase()))];
    if (domainNames.length > mostNames) {
      throw new AwsError(
        'LimitExceededException',
        `A certificate has at most ${mostNames} names, not ${domainNames.length}`,
      );
    }
    for (const name of domainNames) checkDomainName(name);
    const { idempotencyToken, validationMs = 0 } = request;
    const earlier = this.all().find(
      (each) =>
        idempotencyToken !== undefined &&
        each.idempotencyToken === idempotencyToken &&
        each.domainNames.join() === domainNames.join(),
    );
    if (earlier) return earlier;
    const now = this.#world.clock.now();
    const kept = this.#keep({
      ...issueCertificate(this.authority, { dnsNames: domainNames }),
      arn: this.#newArn(),
      type: 'AMAZON_ISSUED',
      domainNames,
      createdAtMs: now,
      issuedAtMs: validationMs === 0 ? now : undefined,
      pending: validationMs > 0,
      validationMethod: request.validationMethod ?? 'DNS',
      transparencyLogging: request.transparencyLogging ?? 'ENABLED',
      keyAlgorithm: request.keyAlgorithm ?? 'RSA_2048',
      idempotencyToken,
      tags: tagMap(request.tags),
    });
    if (validationMs > 0) this.#world.clock.schedule(validationMs, () => this.#validated(kept.arn));
    return kept;
  }

  /** ImportCertificate. Throws `ValidationException` when certificate and key are unreadable or no pair. */
  import(request: ImportCertificateRequest): StoredCertificate {
    const { certificatePem, privateKeyPem, certificateArn } = request;
    const certificate = readPair(certificatePem, privateKeyPem);
    const known = certificateArn === undefined ? undefined : this.#byArn.get(certificateArn);
    if (certificateArn !== undefined && known?.type !== 'IMPORTED') {
      throw new AwsError(
        'ResourceNotFoundException',
        `Could not find imported certificate ${certificateArn}`,
      );
    }
    return this.#keep({
      arn: known?.arn ?? this.#newArn(),
      type: 'IMPORTED',
      domainNames: namesOf(certificate),
      certificatePem,
      privateKeyPem,
      chainPem: request.chainPem ?? '',
      createdAtMs: known?.createdAtMs ?? this.#world.clock.now(),
      issuedAtMs: undefined,
      validationMethod: undefined,
      transparencyLogging: 'DISABLED',
      keyAlgorithm: undefined,
      idempotencyToken: undefined,
      notBeforeMs: Date.parse(certificate.validFrom),
      notAfterMs: Date.parse(certificate.validTo),
      tags: known?.tags ?? tagMap(request.tags),
    });
  }

  certificate(certificateArn: string): StoredCertificate | undefined {
    return this.#byArn.get(certificateArn);
  }

  /** Throws `ResourceNotFoundException`. */
  get(certificateArn: string): StoredCertificate {
    const certificate = this.#byArn.get(certificateArn);
    if (certificate) return certificate;
    const { accountId } = this.#world.identity;
    throw new AwsError(
      'ResourceNotFoundException',
      `Could not find certificate ${certificateArn} in account ${accountId}.`,
    );
  }

  /** Throws `ResourceInUseException` while a listener shows it. */
  delete(certificateArn: string): void {
    const { arn: known } = this.get(certificateArn);
    if (this.usersOf(known).length > 0) {
      const { accountId } = this.#world.identity;
      throw new AwsError(
        'ResourceInUseException',
        `Certificate ${known} in account ${accountId} is in use.`,
      );
    }
    this.#byArn.delete(known);
  }

  /** ARNs of the load balancers whose listeners show the certificate. */
  usersOf(certificateArn: string): readonly string[] {
    return this.#world.services.elbv2.certificateUsers(certificateArn);
  }

  change(
    certificateArn: string,
    changes: Partial<Pick<StoredCertificate, 'tags' | 'transparencyLogging'>>,
  ): void {
    this.#keep({ ...this.get(certificateArn), ...changes });
  }

  all(): StoredCertificate[] {
    return [...this.#byArn.values()];
  }

  #validated(certificateArn: string): void {
    const certificate = this.#byArn.get(certificateArn);
    if (!certificate) return;
    this.#keep({ ...certificate, pending: false, issuedAtMs: this.#world.clock.now() });
  }

  #newArn(): string {
    return arn(this.#world.identity, 'acm', `certificate/${this.#world.ids.uuid()}`);
  }

  #keep(certificate: StoredCertificate): StoredCertificate {
    this.#byArn.set(certificate.arn, certificate);
    return certificate;
  }
}

function checkDomainName(name: string): void {
  if (!domainPattern.test(name)) {
    throw new AwsError('ValidationException', `'${name}' is not a valid domain name`);
  }
  if (name.endsWith('.amazonaws.com')) {
    throw new AwsError(
      'InvalidParameterException',
      `No certificate for '${name}': its domain belongs to AWS; request a name of your own, or import a certificate`,
    );
  }
}

function readPair(certificatePem: string, privateKeyPem: string): X509Certificate {
  let pair: { certificate: X509Certificate; matches: boolean };
  try {
    const certificate = new X509Certificate(certificatePem);
    pair = { certificate, matches: certificate.checkPrivateKey(createPrivateKey(privateKeyPem)) };
  } catch {
    throw new AwsError(
      'ValidationException',
      'The certificate and its private key must be PEM that can be read',
    );
  }
  if (pair.matches) return pair.certificate;
  throw new AwsError('ValidationException', 'The private key does not belong to the certificate');
}

/** DNS names and addresses of the subject alternative name; the common name where there is none. */
function namesOf({ subjectAltName, subject }: X509Certificate): string[] {
  const alternatives = (subjectAltName ?? '').split(', ').flatMap((entry) => {
    const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(entry) ?? [];
    return name === undefined ? [] : [name.toLowerCase()];
  });
  if (alternatives.length > 0) return alternatives;
  const [, commonName] = /^CN=(.+)$/m.exec(subject) ?? [];
  return commonName === undefined ? [] : [commonName.toLowerCase()];
}

function tagMap(tags: readonly Tag[] | undefined): ReadonlyMap<string, string> {
  return new Map((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
