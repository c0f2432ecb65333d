import { STATUS_CODES } from 'node:http';
import type {
  FixedResponseActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ClientRequest, type ClientResponse, headersOf } from './client-request.ts';
import type { Listener } from './state.ts';

const server = 'awselb/2.0';

/** The balancer's own error page: 463, 464, 502, 503, 504. */
export function sendError(response: ClientResponse, status: number): void {
  const { body, headers } = errorPage(status);
  response.writeHead(status, headers);
  response.end(body);
}

/** Status line, headers and body of the balancer's own error page. */
export function errorPage(status: number) {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  const headers = {
    server,
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(body),
  };
  return { title, body, headers };
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

/** Parts of the URL that a redirect leaves out are those of the request, `#{path}` and the like filled in. */
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
  response.writeHead(status, { server, location, 'content-length': 0 });
  response.end();
  return status;
}
