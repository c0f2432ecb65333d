import { X509Certificate } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ProbeCertificate, ProbeTls } from '../../core/ports/probe-transport.ts';
import type { Exchange } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';
import { hostOf, tlsName } from './tls-name.ts';
import { verifyCertificate } from './verify-certificate.ts';

export interface ConnectionTarget {
  /** http(s):// or ws(s)://. */
  readonly url: URL;
  readonly hostHeader: string | undefined;
  readonly tls: ProbeTls | undefined;
  readonly protocol: 'http/1.1' | 'h2';
}

export interface Connection {
  readonly socket: Socket;
  readonly certificate: ProbeCertificate | undefined;
}

/** A name with several addresses goes on to the next after this long; node's own 250 ms is rash on a busy day. */
const nextAddressMs = 1_000;

/**
 * Opens a connection of its own for one exchange, and with it proves the server's certificate: nothing is sent over
 * one that is not verified. Rejects with NoAnswer or node's error.
 */
export async function openConnection(
  target: ConnectionTarget,
  exchange: Exchange,
): Promise<Connection> {
  const secure = target.url.protocol === 'https:' || target.url.protocol === 'wss:';
  const socket = await openTcp(target.url, secure ? 443 : 80, exchange);
  if (!secure) return { socket, certificate: undefined };
  return openTls(socket, target, exchange);
}

async function openTcp(url: URL, defaultPort: number, exchange: Exchange): Promise<Socket> {
  const host = hostOf(url.host);
  const port = url.port === '' ? defaultPort : Number(url.port);
  const connecting = () => {
    exchange.progress = `connecting to ${host} port ${port}`;
    if (exchange.phases.phase !== 'connect') exchange.phases.enter('connect');
  };
  const socket = connectTcp({ host, port, autoSelectFamilyAttemptTimeout: nextAddressMs });
  exchange.own(socket);
  socket.setNoDelay(true);
  if (isIP(host) === 0) {
    exchange.progress = `looking up ${host}`;
    exchange.phases.enter('dns');
    // The second comes without the first when a name needs no lookup.
    socket.on('lookup', connecting).on('connectionAttempt', connecting);
  } else {
    connecting();
  }
  await readiness(socket, 'connect');
  return socket;
}

async function openTls(
  socket: Socket,
  { url, hostHeader, tls, protocol }: ConnectionTarget,
  exchange: Exchange,
): Promise<Connection> {
  exchange.progress = 'in the TLS handshake';
  exchange.phases.enter('tls');
  const name = tlsName(url, hostHeader, tls);
  const secured = connectTls({
    socket,
    ...(name.sent === undefined ? {} : { servername: name.sent }),
    ...(tls?.ca === undefined ? {} : { ca: readable(tls.ca) }),
    // Both for HTTP/2, so that a server without it says so instead of hanging up.
    ALPNProtocols: protocol === 'h2' ? ['h2', 'http/1.1'] : ['http/1.1'],
    // Not leniency: `verifyCertificate` refuses below, before a byte is sent. Were it left to node, the handshake
    // would be gone together with the certificate that the report is to quote.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  exchange.own(secured);
  await readiness(secured, 'secureConnect');
  const certificate = verifyCertificate(secured, name.verified);
  if (protocol === 'h2' && secured.alpnProtocol !== 'h2') {
    throw new NoAnswer(
      `the server does not speak HTTP/2: asked for h2, it chose ${secured.alpnProtocol || 'no protocol'}`,
    );
  }
  return { socket: secured, certificate };
}

/** Node ignores what it cannot read and then trusts nobody. */
function readable(ca: string): string {
  try {
    new X509Certificate(ca);
    return ca;
  } catch {
    throw new NoAnswer('tls.ca cannot be read as a PEM certificate');
  }
}

function readiness(socket: Socket | TLSSocket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new NoAnswer('the connection was closed while it opened')));
  });
}
