import { z } from 'zod';
import type { AcmModel, StoredCertificate } from '../acm/model.ts';
import { issueAuthority, issueCertificate } from '../core/certificates.ts';

const domainName = z
  .string()
  .regex(
    /^(\*\.)?[\w-]{1,63}(\.[\w-]{1,63})*$/,
    'a domain name has letters, digits, hyphens and dots',
  );

export const certificateOrder = z.strictObject({
  domainNames: z.array(domainName).min(1),
  notBefore: z.iso.datetime({ offset: true }).optional(),
  notAfter: z.iso.datetime({ offset: true }).optional(),
  /** `unknown` signs it with an authority that nobody trusts. */
  authority: z.enum(['local', 'unknown']).default('local'),
});

/** A certificate to be made: trusted or not, valid or not, for any names. */
export type CertificateOrder = z.input<typeof certificateOrder>;

/** A certificate as the control API shows it; the key stays inside. */
export interface CertificateView {
  readonly certificateArn: string;
  readonly type: StoredCertificate['type'];
  readonly domainNames: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly certificatePem: string;
}

/** Makes a certificate as ordered and imports it. Throws ZodError, or Error for an end before its beginning. */
export function makeCertificate(acm: AcmModel, wanted: unknown): CertificateView {
  const { domainNames, notBefore, notAfter, authority } = certificateOrder.parse(wanted);
  const signer = authority === 'local' ? acm.authority : issueAuthority({ commonName: 'Unknown' });
  const issued = issueCertificate(signer, {
    dnsNames: domainNames,
    ...(notBefore !== undefined && { notBeforeMs: Date.parse(notBefore) }),
    ...(notAfter !== undefined && { notAfterMs: Date.parse(notAfter) }),
  });
  return viewCertificate(acm.import(issued));
}

export function viewCertificate(certificate: StoredCertificate): CertificateView {
  const { arn, type, domainNames, notBeforeMs, notAfterMs, certificatePem } = certificate;
  return {
    certificateArn: arn,
    type,
    domainNames,
    notBefore: new Date(notBeforeMs).toISOString(),
    notAfter: new Date(notAfterMs).toISOString(),
    certificatePem,
  };
}
