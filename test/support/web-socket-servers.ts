import { createHash } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LocalServers } from './local-servers.ts';

/** A server whose sockets the test holds in hand. */
export async function serveWebSockets(
  servers: LocalServers,
  onOpen: (socket: WebSocket, request: IncomingMessage) => void,
  scheme: 'ws' | 'wss' = 'ws',
): Promise<string> {
  const webSockets = new WebSocketServer({ noServer: true });
  const server = scheme === 'ws' ? createHttp() : createHttps(servers.certificate());
  server.on('upgrade', (request, socket, head) =>
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => undefined);
      onOpen(webSocket, request);
    }),
  );
  return `${scheme}://${new URL(await servers.listen(server, 'http')).host}/live?x=1`;
}

/** Answers the upgrade as the test writes it. */
export async function serveUpgrades(
  servers: LocalServers,
  answer: (socket: Duplex, key: string) => void,
): Promise<string> {
  const server = createHttp();
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end()).resume();
    answer(socket, String(request.headers['sec-websocket-key']));
  });
  return `ws://${new URL(await servers.listen(server, 'http')).host}/`;
}

/** What a server says to an upgrade with this Sec-WebSocket-Key (RFC 6455, 4.2.2). */
export function acceptUpgrade(key: string): string {
  const proof = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${proof.digest('base64')}`,
    '\r\n',
  ].join('\r\n');
}
