import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { sendError } from './balancer-responses.ts';
import type { ClientResponse } from './client-request.ts';
import { headersForClient } from './forwarded-headers.ts';
import { clientClosedStatus, type Proxied, type ProxyTarget } from './request-proxy.ts';

/** The client's side of an upgrade. */
export interface ClientSocket {
  readonly socket: Socket;
  /** What the client sent after its request. */
  readonly head: Buffer;
  /** Takes the socket back from the HTTP response. */
  readonly release: () => void;
}

/**
 * Hands a WebSocket upgrade to the target. Resolves once the target has answered: with 101 when the two
 * sockets are joined, else with the target's refusal, which the client gets. `joined` is given what closes the
 * tunnel; what it returns is called once the tunnel is closed.
 */
export function openTunnel(
  request: IncomingMessage,
  response: ClientResponse,
  client: ClientSocket,
  target: ProxyTarget,
  joined: (close: () => void) => () => void,
): Promise<Proxied> {
  return new Promise((resolve) => {
    const upstream = http.request({
      host: target.address.host,
      port: target.address.port,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: [...target.headers, 'Connection', 'Upgrade', 'Upgrade', 'websocket'],
      agent: false,
    });
    let timedOut = false;
    upstream.setTimeout(target.idleTimeoutMs, () => {
      timedOut = true;
      upstream.destroy();
    });
    const giveUp = () => {
      upstream.destroy();
      resolve({ status: clientClosedStatus, answeredByTarget: false });
    };
    client.socket.once('close', giveUp);
    upstream.once('error', () => {
      if (client.socket.destroyed) return;
      const status = timedOut ? 504 : 502;
      sendError(response, status);
      resolve({ status, answeredByTarget: false });
    });
    upstream.once('response', (refusal) => {
      const status = refusal.statusCode ?? 502;
      const { headers } = refusal;
      response.writeHead(status, headersForClient(headers, target.cookies?.(headers)));
      refusal.on('data', (chunk: Buffer) => {
        if (response.write(chunk)) return;
        refusal.pause();
        response.once('drain', () => refusal.resume());
      });
      refusal.once('error', (error) => response.destroy(error));
      refusal.once('end', () => response.end());
      resolve({ status, answeredByTarget: true });
    });
    upstream.once('upgrade', (accepted, socket, head) => {
      client.socket.removeListener('close', giveUp);
      client.release();
      client.socket.write(switchingProtocols(accepted, target.cookies?.(accepted.headers)));
      client.socket.write(head);
      socket.write(client.head);
      const close = () => {
        client.socket.destroy();
        socket.destroy();
      };
      const forget = joined(close);
      // Bytes of either direction pass the client's socket and start its time anew.
      client.socket.setTimeout(target.idleTimeoutMs, close);
      socket.setTimeout(0);
      for (const [end, other] of [
        [client.socket, socket],
        [socket, client.socket],
      ] as const) {
        end.on('error', close);
        end.pipe(other);
        end.once('close', () => {
          forget();
          other.destroySoon();
        });
      }
      resolve({ status: 101, answeredByTarget: true });
    });
    upstream.end();
  });
}

/** The target's own head: the accept key and the subprotocol are between it and the client. */
function switchingProtocols(
  { statusMessage, rawHeaders }: IncomingMessage,
  cookies: readonly string[] = [],
): string {
  const lines = [`HTTP/1.1 101 ${statusMessage || 'Switching Protocols'}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  for (const cookie of cookies) lines.push(`Set-Cookie: ${cookie}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
