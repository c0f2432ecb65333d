import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { ServerCertificate } from '../core/services.ts';
import { sslPolicy } from './ssl-policies.ts';
import type { ListenerTls } from './state.ts';

export type FindCertificate = (certificateArn: string) => ServerCertificate | undefined;

/** What a listener shows clients that name no server, or one that none of its certificates is for. */
export function defaultContext(tls: ListenerTls, find: FindCertificate): SecureContextOptions {
  const certificate = find(tls.certificateArn);
  return { ...sslPolicy(tls.policy), ...(certificate && identity(certificate)) };
}

/** The context of the certificate for a server name; undefined when the default one has to do. */
export function contextFor(
  serverName: string,
  tls: ListenerTls,
  find: FindCertificate,
): SecureContext | undefined {
  const name = serverName.toLowerCase();
  const candidates = [...tls.moreCertificateArns, tls.certificateArn].flatMap(
    (arn) => find(arn) ?? [],
  );
  const chosen =
    candidates.find(({ domainNames }) => domainNames.includes(name)) ??
    candidates.find(({ domainNames }) => domainNames.includes(name.replace(/^[^.]+/, '*')));
  return chosen && createSecureContext({ ...sslPolicy(tls.policy), ...identity(chosen) });
}

function identity({ certificatePem, chainPem, privateKeyPem }: ServerCertificate) {
  return { cert: `${certificatePem}\n${chainPem}`, key: privateKeyPem };
}
