import type {
  ProbeRequest,
  ProbeResponse,
  ProbeTransport,
} from '../../core/ports/probe-transport.ts';
import { openConnection } from './connection.ts';
import { type Exchange, runExchange } from './exchange.ts';
import { http1Exchange } from './http1-exchange.ts';
import { http2Exchange } from './http2-exchange.ts';
import { requestHeaders } from './request-headers.ts';

/**
 * Sends probes over HTTP/1.1 and HTTP/2, with prior knowledge where the URL is http://. Each request has a connection
 * of its own, so that it meets the listener as a new client would and no kept-alive connection pins it to one target.
 * Redirects are answers like any other. `version` is Greengate's, for the user agent.
 */
export function httpProbe(version: string): ProbeTransport {
  return {
    async send(probe, signal) {
      const { outcome, timings } = await runExchange(
        { timeoutMs: probe.timeoutMs, signal },
        (exchange) => carryOut(probe, version, exchange),
      );
      return { ...outcome, durationMs: timings.totalMs, timings };
    },
  };
}

type Answered = Omit<Extract<ProbeResponse, { readonly kind: 'response' }>, 'durationMs'>;

async function carryOut(
  probe: ProbeRequest,
  version: string,
  exchange: Exchange,
): Promise<Answered> {
  const headers = requestHeaders(probe.headers, version);
  const { protocol = 'http/1.1', tls } = probe;
  const connection = await openConnection(
    { url: new URL(probe.url), hostHeader: headers.host, tls, protocol },
    exchange,
  );
  const carry = protocol === 'h2' ? http2Exchange : http1Exchange;
  const answer = await carry(connection, probe, headers, exchange);
  return { kind: 'response', ...answer, certificate: connection.certificate };
}
