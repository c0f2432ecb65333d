import type { ProblemPath } from './locate.ts';
import { memberAt, membersOf } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** Headers that say something about the connection, which is not the check's to decide. */
const connectionHeaders = [
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
];
const ours = ['x-greengate-probe'];
const handshake = /^sec-websocket-/;

/** Mistakes in path and headers of a request; `path` starts at the check. */
export function requestIssues(request: unknown, path: ProblemPath = []): ConfigIssue[] {
  return [
    ...pathIssues(memberAt(request, 'path'), [...path, 'path']),
    ...headerIssues(memberAt(request, 'headers'), [...path, 'headers']),
  ];
}

function pathIssues(value: unknown, path: ProblemPath): ConfigIssue[] {
  if (typeof value !== 'string' || !value.startsWith('/')) return [];
  if (value.includes('#')) {
    return [{ path, message: 'has a fragment (#), which no request carries' }];
  }
  return /\s/.test(value)
    ? [{ path, message: 'has white space, which must be percent-encoded as %20' }]
    : [];
}

/** Names are tokens and values one line (RFC 9110 section 5). */
export function headerIssues(headers: unknown, path: ProblemPath): ConfigIssue[] {
  const seen = new Map<string, string>();
  return membersOf(headers).flatMap(([name, value]) => {
    const at = [...path, name];
    const lower = name.toLowerCase();
    const earlier = seen.get(lower);
    seen.set(lower, name);
    if (earlier !== undefined) return [{ path: at, message: `is the same header as ${earlier}` }];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      return [{ path: at, message: 'is not a header name' }];
    }
    if (connectionHeaders.includes(lower) || ours.includes(lower) || handshake.test(lower)) {
      return [{ path: at, message: 'is set by Greengate itself and cannot be chosen' }];
    }
    return typeof value === 'string' && /[\0\r\n]/.test(value)
      ? [{ path: at, message: 'has more than one line' }]
      : [];
  });
}
