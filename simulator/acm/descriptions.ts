import { createHash, X509Certificate } from 'node:crypto';
import type {
  CertificateDetail,
  CertificateSummary,
  DomainValidation,
  KeyAlgorithm,
} from '@aws-sdk/client-acm';
import type { StoredCertificate } from './model.ts';

const webServer = {
  keyUsages: ['DIGITAL_SIGNATURE'],
  extendedKeyUsages: ['TLS_WEB_SERVER_AUTHENTICATION'],
} as const;

export function statusOf({ pending, notAfterMs }: StoredCertificate, nowMs: number) {
  if (pending) return 'PENDING_VALIDATION' as const;
  return notAfterMs < nowMs ? ('EXPIRED' as const) : ('ISSUED' as const);
}

/** The answer of DescribeCertificate. */
export function describeCertificate(
  certificate: StoredCertificate,
  inUseBy: readonly string[],
  nowMs: number,
): CertificateDetail {
  const { arn, type, domainNames, createdAtMs, issuedAtMs, pending } = certificate;
  const amazonIssued = type === 'AMAZON_ISSUED';
  const read = new X509Certificate(certificate.certificatePem);
  const algorithm = certificate.keyAlgorithm ?? keyAlgorithm(read);
  return {
    CertificateArn: arn,
    DomainName: domainNames[0],
    SubjectAlternativeNames: [...domainNames],
    ...(amazonIssued && { DomainValidationOptions: validations(certificate) }),
    // What an authority has not signed yet has no serial number and no dates.
    ...(!pending && {
      Serial: (read.serialNumber.match(/../g) ?? []).join(':').toLowerCase(),
      NotBefore: new Date(certificate.notBeforeMs),
      NotAfter: new Date(certificate.notAfterMs),
      SignatureAlgorithm: algorithm.startsWith('RSA') ? 'SHA256WITHRSA' : 'SHA256WITHECDSA',
      KeyUsages: webServer.keyUsages.map((Name) => ({ Name })),
      ExtendedKeyUsages: webServer.extendedKeyUsages.map((Name) => ({
        Name,
        OID: '1.3.6.1.5.5.7.3.1',
      })),
    }),
    Subject: `CN=${domainNames[0]}`,
    ...(!pending && {
      Issuer: amazonIssued ? 'Amazon' : (/^CN=(.*)$/m.exec(read.issuer)?.[1] ?? ''),
    }),
    ...(amazonIssued
      ? { CreatedAt: new Date(createdAtMs) }
      : { ImportedAt: new Date(createdAtMs), CreatedAt: new Date(createdAtMs) }),
    ...(issuedAtMs !== undefined && { IssuedAt: new Date(issuedAtMs) }),
    Status: statusOf(certificate, nowMs),
    KeyAlgorithm: algorithm,
    InUseBy: [...inUseBy],
    Type: type,
    RenewalEligibility: amazonIssued && inUseBy.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
    Options: {
      CertificateTransparencyLoggingPreference: certificate.transparencyLogging,
      Export: 'DISABLED',
    },
  };
}

/** An entry of ListCertificates. */
export function summarizeCertificate(
  certificate: StoredCertificate,
  inUse: boolean,
  nowMs: number,
): CertificateSummary {
  const detail = describeCertificate(certificate, inUse ? ['used'] : [], nowMs);
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainNames[0],
    SubjectAlternativeNameSummaries: [...certificate.domainNames],
    HasAdditionalSubjectAlternativeNames: false,
    Status: detail.Status,
    Type: certificate.type,
    KeyAlgorithm: detail.KeyAlgorithm,
    KeyUsages: certificate.pending ? [] : [...webServer.keyUsages],
    ExtendedKeyUsages: certificate.pending ? [] : [...webServer.extendedKeyUsages],
    ExportOption: 'DISABLED',
    InUse: inUse,
    RenewalEligibility: detail.RenewalEligibility,
    ...(detail.NotBefore && { NotBefore: detail.NotBefore }),
    ...(detail.NotAfter && { NotAfter: detail.NotAfter }),
    CreatedAt: detail.CreatedAt,
    ...(detail.IssuedAt && { IssuedAt: detail.IssuedAt }),
    ...(detail.ImportedAt && { ImportedAt: detail.ImportedAt }),
  };
}

/** Names and values of the records follow from the name, as they do for one account on AWS. */
function validations(certificate: StoredCertificate): DomainValidation[] {
  const { domainNames, pending, validationMethod } = certificate;
  const ValidationStatus = pending ? 'PENDING_VALIDATION' : 'SUCCESS';
  return domainNames.map((DomainName) => {
    const apex = DomainName.replace(/^\*\./, '');
    const common = {
      DomainName,
      ValidationDomain: DomainName,
      ValidationStatus,
      ValidationMethod: validationMethod ?? 'DNS',
    } as const;
    if (validationMethod === 'EMAIL') {
      const boxes = ['administrator', 'hostmaster', 'postmaster', 'webmaster', 'admin'];
      return { ...common, ValidationEmails: boxes.map((box) => `${box}@${apex}`) };
    }
    const digest = createHash('sha256').update(apex).digest('hex');
    return {
      ...common,
      ResourceRecord: {
        Name: `_${digest.slice(0, 32)}.${apex}.`,
        Type: 'CNAME',
        Value: `_${digest.slice(32)}.${digest.slice(0, 10)}.acm-validations.aws.`,
      },
    };
  });
}

function keyAlgorithm({ publicKey }: X509Certificate): KeyAlgorithm {
  const { namedCurve, modulusLength } = publicKey.asymmetricKeyDetails ?? {};
  if (publicKey.asymmetricKeyType === 'rsa') return `RSA_${modulusLength ?? 2048}` as 'RSA_2048';
  return `EC_${namedCurve ?? 'prime256v1'}` as 'EC_prime256v1';
}
