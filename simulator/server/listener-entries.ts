import type { Models } from '../models.ts';

/** Where the production and test listeners of the balancers really listen. */
export interface ListenerEntry {
  readonly name: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly address: string;
}

export function listenerEntries({ elbv2 }: Models): ListenerEntry[] {
  return elbv2.loadBalancers.all().flatMap(({ arn, dnsName }) =>
    elbv2.listeners.ofLoadBalancer(arn).map(({ port, tls, address }) => ({
      name: `${dnsName}:${port}`,
      protocol: tls ? ('HTTPS' as const) : ('HTTP' as const),
      address: `${address.host}:${address.port}`,
    })),
  );
}
