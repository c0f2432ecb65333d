import type { Certificate } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import { validationError } from './actions.ts';
import { defaultSslPolicy, sslPolicy } from './ssl-policies.ts';
import type { ListenerTls } from './state.ts';

export interface TlsRequest {
  readonly protocol: string | undefined;
  readonly certificates?: readonly Certificate[] | undefined;
  readonly sslPolicy?: string | undefined;
}

/** Certificates per HTTPS listener besides the default one. */
const mostCertificates = 25;

/**
 * The TLS side of a listener after a create or modify call; undefined for HTTP. `exists` tells whether a
 * certificate is there. Throws AwsError for what the API refuses.
 */
export function readTls(
  request: TlsRequest,
  current: ListenerTls | undefined,
  exists: (certificateArn: string) => boolean,
): ListenerTls | undefined {
  const { protocol, certificates = [] } = request;
  if (!protocol) throw validationError('A listener protocol must be specified');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    throw validationError(`Listener protocol '${protocol}' must be one of 'HTTP, HTTPS'`);
  }
  if (protocol === 'HTTP') {
    if (certificates.length > 0) {
      throw validationError('Certificates cannot be specified for HTTP listeners');
    }
    if (request.sslPolicy)
      throw validationError('SslPolicy cannot be specified for HTTP listeners');
    return undefined;
  }
  if (certificates.length > 1) {
    throw validationError(
      'A listener has exactly one default certificate; add the others with AddListenerCertificates',
    );
  }
  const given = certificates[0]?.CertificateArn;
  if (given !== undefined) checkExists(given, exists);
  const certificateArn = given ?? current?.certificateArn;
  if (certificateArn === undefined) {
    throw validationError('A certificate must be specified for HTTPS listeners');
  }
  const policy = request.sslPolicy || current?.policy || defaultSslPolicy;
  sslPolicy(policy);
  return { policy, certificateArn, moreCertificateArns: current?.moreCertificateArns ?? [] };
}

/** AddListenerCertificates: what is there already stays; returns the listener's new TLS side. */
export function addCertificates(
  tls: ListenerTls | undefined,
  certificates: readonly Certificate[],
  exists: (certificateArn: string) => boolean,
): ListenerTls {
  const current = needTls(tls);
  const arns = arnsOf(certificates);
  for (const arn of arns) checkExists(arn, exists);
  const moreCertificateArns = [...new Set([...current.moreCertificateArns, ...arns])];
  if (moreCertificateArns.length > mostCertificates) {
    throw new AwsError(
      'TooManyCertificatesException',
      `A listener can have at most ${mostCertificates} certificates besides the default one, not ${moreCertificateArns.length}`,
    );
  }
  return { ...current, moreCertificateArns };
}

/** RemoveListenerCertificates: the default certificate cannot be removed, only replaced. */
export function removeCertificates(
  tls: ListenerTls | undefined,
  certificates: readonly Certificate[],
): ListenerTls {
  const current = needTls(tls);
  const arns = arnsOf(certificates);
  if (
    arns.includes(current.certificateArn) &&
    !current.moreCertificateArns.includes(current.certificateArn)
  ) {
    throw new AwsError(
      'OperationNotPermittedException',
      `Default certificate '${current.certificateArn}' cannot be removed; replace it with ModifyListener`,
    );
  }
  const moreCertificateArns = current.moreCertificateArns.filter((arn) => !arns.includes(arn));
  return { ...current, moreCertificateArns };
}

/** The default certificate first, as DescribeListenerCertificates lists them. */
export function listCertificates(tls: ListenerTls | undefined): Certificate[] {
  if (!tls) return [];
  return [
    { CertificateArn: tls.certificateArn, IsDefault: true },
    ...tls.moreCertificateArns.map((arn) => ({ CertificateArn: arn, IsDefault: false })),
  ];
}

function needTls(tls: ListenerTls | undefined): ListenerTls {
  if (tls) return tls;
  throw validationError('Certificates cannot be specified for HTTP listeners');
}

function arnsOf(certificates: readonly Certificate[]): string[] {
  return certificates.map(({ CertificateArn, IsDefault }) => {
    if (!CertificateArn) throw validationError('A certificate ARN must be specified');
    if (IsDefault !== undefined) {
      throw validationError('IsDefault cannot be specified when adding or removing certificates');
    }
    return CertificateArn;
  });
}

function checkExists(arn: string, exists: (certificateArn: string) => boolean): void {
  if (exists(arn)) return;
  throw new AwsError('CertificateNotFoundException', `Certificate '${arn}' not found`);
}
