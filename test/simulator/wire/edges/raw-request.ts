import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Sends what no SDK would. */
export async function rawRequest(endpoint: string, given: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  const { method = 'POST', path = '/', headers = {}, body } = given;
  const request = http.request({ hostname, port, method, path, headers, agent: false });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    text: Buffer.concat(parts).toString('utf8'),
  };
}

/** Sends bytes and reads until the other side ends; `end` closes this side's half. */
export async function rawBytes(endpoint: string, bytes: Uint8Array | string): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('latin1');
}
