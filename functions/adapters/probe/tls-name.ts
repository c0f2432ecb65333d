import { isIP } from 'node:net';
import type { ProbeTls } from '../../core/ports/probe-transport.ts';

export interface TlsName {
  /** Server name indication; undefined for an address, which must not be sent (RFC 6066, 3). */
  readonly sent: string | undefined;
  /** What the certificate must be for; undefined when nothing can be asked of it. */
  readonly verified: string | undefined;
}

/** Names of load balancers as ELB gives them out. */
const balancerName = /\.elb(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i;

/**
 * The name that a server is addressed by: `tls.serverName`, else the Host header, else the URL's host. The URL of a
 * listener is the load balancer's own name, which nobody but AWS can have a certificate for, or a bare address:
 * who insisted on those would never get an answer from an HTTPS listener. Their certificate's chain is verified
 * all the same; set a Host header or `serverName` to have the name verified too.
 */
export function tlsName(url: URL, hostHeader: string | undefined, tls: ProbeTls = {}): TlsName {
  const given = tls.serverName ?? (hostHeader === undefined ? undefined : hostOf(hostHeader));
  const host = given ?? hostOf(url.host);
  const sent = isIP(host) === 0 ? host : undefined;
  const excused = given === undefined && (sent === undefined || balancerName.test(host));
  return { sent, verified: excused ? undefined : host };
}

/** Without port, and without the brackets of an IPv6 address. */
export function hostOf(authority: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority) ?? [];
  return bracketed ?? plain ?? authority;
}
