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
  'x-amzn-trace-id',
]);
/** Names that `drop_invalid_header_fields` lets through. */
const validName = /^[A-Za-z0-9-]+$/;

/** Request headers for the target, as a flat list that keeps order, case and repetitions; Host comes first. */
export function headersForTarget(
  request: ClientRequest,
  listener: Listener,
  traceId: string,
): string[] {
  const received = headersOf(request);
  const { attributes } = listener.loadBalancer;
  const isOn = (name: string) => attributes.get(`routing.http.${name}.enabled`) === 'true';
  const dropsInvalid = isOn('drop_invalid_header_fields');
  const mode = attributes.get('routing.http.xff_header_processing.mode') ?? 'append';
  const named = namedByConnection(received);
  const host = isOn('preserve_host_header') ? received.host : hostFor(received.host, listener);
  const headers: string[] = host === undefined ? [] : ['Host', host];
  const cookies: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    const value = request.rawHeaders[at + 1] ?? '';
    const lower = name.toLowerCase();
    if (name.startsWith(':') || hopByHop.has(lower) || endsHere.has(lower) || named.has(lower)) {
      continue;
    }
    if (dropsInvalid && !validName.test(name)) continue;
    // HTTP/2 clients may send one field per cookie (RFC 9113, 8.2.3).
    if (lower === 'cookie' && isHttp2(request)) cookies.push(value);
    else headers.push(name, value);
  }
  if (cookies.length > 0) headers.push('cookie', cookies.join('; '));
  const { remoteAddress = '', remotePort } = request.socket;
  const client = isOn('xff_client_port') ? `${remoteAddress}:${remotePort}` : remoteAddress;
  const before = mode === 'remove' ? undefined : received['x-forwarded-for'];
  const added = mode === 'append' ? client : undefined;
  const forwardedFor = [before, added].flat().filter(Boolean).join(', ');
  if (forwardedFor) headers.push('X-Forwarded-For', forwardedFor);
  headers.push('X-Forwarded-Proto', listener.tls ? 'https' : 'http');
  headers.push('X-Forwarded-Port', String(listener.port));
  headers.push('X-Amzn-Trace-Id', traceId);
  return headers;
}

/** Unless it is to be preserved, the Host names a port that is not the protocol's own (ALB guide, "Host header preservation"). */
function hostFor(host: string | undefined, { port, tls }: Listener): string | undefined {
  if (host === undefined || /:\d+$/.test(host) || port === (tls ? 443 : 80)) return host;
  return `${host}:${port}`;
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
