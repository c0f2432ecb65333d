import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

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
/** Answered by the front itself. */
const endsHere = new Set(['expect', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port']);

/** Request headers for the target, as a flat list that keeps order, case and repetitions. */
export function headersForTarget(
  request: IncomingMessage,
  listenerPort: number,
  clientIp: string,
): string[] {
  const named = namedByConnection(request.headers);
  const headers: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || endsHere.has(lower) || named.has(lower)) continue;
    headers.push(name, request.rawHeaders[at + 1] ?? '');
  }
  const before = request.headers['x-forwarded-for'];
  const forwardedFor = [before, clientIp].flat().filter(Boolean).join(', ');
  headers.push('X-Forwarded-For', forwardedFor);
  headers.push('X-Forwarded-Proto', 'http');
  headers.push('X-Forwarded-Port', String(listenerPort));
  return headers;
}

/** Response headers for the client. */
export function headersForClient(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = namedByConnection(headers);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHop.has(name) || named.has(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function namedByConnection(headers: IncomingHttpHeaders): ReadonlySet<string> {
  const connection = headers.connection;
  if (!connection) return new Set();
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
