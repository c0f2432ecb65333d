import type { IncomingHttpHeaders } from 'node:http';
import { type ClientRequest, headersOf, isHttp2 } from './client-request.ts';
import type { Listener } from './state.ts';

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Answered by the front itself, or written anew. */
const endsHere = new Set([
  'expect',
  'host',
  'http2-settings',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-port',
]);

/** Request headers for the target, as a flat list that keeps order, case and repetitions; Host comes first. */
export function headersForTarget(request: ClientRequest, listener: Listener): string[] {
  const received = headersOf(request);
  const named = namedByConnection(received);
  const headers: string[] = received.host === undefined ? [] : ['Host', received.host];
  const cookies: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    const value = request.rawHeaders[at + 1] ?? '';
    const lower = name.toLowerCase();
    if (name.startsWith(':') || hopByHop.has(lower) || endsHere.has(lower) || named.has(lower)) {
      continue;
    }
    // HTTP/2 clients may send one field per cookie (RFC 9113, 8.2.3).
    if (lower === 'cookie' && isHttp2(request)) cookies.push(value);
    else headers.push(name, value);
  }
  if (cookies.length > 0) headers.push('cookie', cookies.join('; '));
  const clientIp = request.socket.remoteAddress ?? '';
  const forwardedFor = [received['x-forwarded-for'], clientIp].flat().filter(Boolean).join(', ');
  headers.push('X-Forwarded-For', forwardedFor);
  headers.push('X-Forwarded-Proto', listener.tls ? 'https' : 'http');
  headers.push('X-Forwarded-Port', String(listener.port));
  return headers;
}

/** Response headers for the client. */
export function headersForClient(
  headers: IncomingHttpHeaders,
  cookies: readonly string[] = [],
): Record<string, string | string[]> {
  const named = namedByConnection(headers);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    if (hopByHop.has(name) || named.has(name)) continue;
    kept[name] = value;
  }
  if (cookies.length > 0) kept['set-cookie'] = [kept['set-cookie'] ?? [], [...cookies]].flat();
  return kept;
}

function namedByConnection(headers: IncomingHttpHeaders): ReadonlySet<string> {
  const connection = headers.connection;
  if (!connection) return new Set();
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
