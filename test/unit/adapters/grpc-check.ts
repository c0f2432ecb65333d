import { grpcHealthProbe } from '../../../functions/adapters/grpc-health-probe.ts';
import type { GrpcHealthRequest } from '../../../functions/core/ports/grpc-health-transport.ts';
import type { LocalServers } from '../../support/local-servers.ts';

/** Asks a server for the health of `shop.Cart`, trusting the authority of these servers. */
export function grpcCheck(servers: LocalServers) {
  return (
    url: string,
    changes: Partial<GrpcHealthRequest> = {},
    signal: AbortSignal = new AbortController().signal,
  ) =>
    grpcHealthProbe('1.2.3').check(
      {
        url,
        service: 'shop.Cart',
        headers: {},
        timeoutMs: 2_000,
        tls: { ca: servers.authority.certificatePem },
        ...changes,
      },
      signal,
    );
}
