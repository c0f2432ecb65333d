import { type OutgoingHttpHeaders, ServerResponse, STATUS_CODES } from 'node:http';
import type {
  FixedResponseActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ClientRequest, type ClientResponse, headersOf } from './client-request.ts';
import type { Listener } from './state.ts';

const server = 'awselb/2.0';

/**
 * Where the balancer's words are not today's: those of answers quoted in zalando-incubator/kube-ingress-aws-controller
 * #120 (503) and of recorded 504s with `Server: awselb/2.0`.
 */
const ownReasons: Readonly<Record<number, string>> = {
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The balancer's own error page: 463, 464, 502, 503, 504. */
export function sendError(response: ClientResponse, status: number): void {
  sendPage(response, status);
}

function sendPage(response: ClientResponse, status: number, more: OutgoingHttpHeaders = {}): void {
  const { reason, body, headers } = statusPage(status);
  // HTTP/2 knows no reason phrase.
  if (response instanceof ServerResponse) response.statusMessage = reason;
  response.writeHead(status, { ...headers, ...more });
  response.end(body);
}

/** Status line, headers and body of the page that tells a status of the balancer's own. */
export function statusPage(status: number) {
  const reason = ownReasons[status] ?? STATUS_CODES[status] ?? '';
  const title = `${status} ${reason}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  const headers = {
    server,
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(body),
  };
  return { reason, title, body, headers };
}

export function sendFixedResponse(
  response: ClientResponse,
  fixed: FixedResponseActionConfig,
): number {
  const status = Number(fixed.StatusCode);
  const body = fixed.MessageBody ?? '';
  response.writeHead(status, {
    server,
    'content-type': fixed.ContentType ?? 'text/plain',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  return status;
}

/**
 * Parts of the URL that a redirect leaves out are those of the request, `#{path}` and the like filled in. It comes with
 * a page of its own (recorded in internetstandards/Internet.nl #1291).
 */
export function sendRedirect(
  response: ClientResponse,
  request: ClientRequest,
  redirect: RedirectActionConfig,
  listener: Listener,
): number {
  const url = new URL(request.url ?? '/', 'http://request');
  const parts: Readonly<Record<string, string>> = {
    protocol: listener.tls ? 'https' : 'http',
    host: (headersOf(request).host ?? '').replace(/:\d+$/, ''),
    port: String(listener.port),
    path: url.pathname.slice(1),
    query: url.search.slice(1),
  };
  const fill = (template: string) =>
    template.replace(/#\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
  const protocol = fill(redirect.Protocol ?? '#{protocol}').toLowerCase();
  const query = fill(redirect.Query ?? '#{query}');
  const location =
    `${protocol}://${fill(redirect.Host ?? '#{host}')}:${fill(redirect.Port ?? '#{port}')}` +
    `${fill(redirect.Path ?? '/#{path}')}${query && `?${query}`}`;
  const status = redirect.StatusCode === 'HTTP_301' ? 301 : 302;
  sendPage(response, status, { location });
  return status;
}
