import http from 'node:http';
import https from 'node:https';
import type { SocketAddress } from '../../core/services.ts';

export interface CheckRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly followRedirects: boolean;
  readonly verifyCertificates: boolean;
  readonly signal: AbortSignal;
  /** Where a host and port of the task's network really are. */
  readonly resolve: (host: string, port: number) => SocketAddress | undefined;
}

export type CheckAnswer =
  | { readonly status: number; readonly body: string }
  | { readonly failure: 'refused' | 'unresolved' | 'timeout' | 'certificate' | 'url' };

const mostRedirects = 10;
/** Characters of an answer that are kept for the next program of a pipeline. */
const keptLength = 1024 * 1024;

/** One HTTP request as a health check's curl or wget makes it, inside the simulated network only. */
export async function checkRequest(request: CheckRequest): Promise<CheckAnswer> {
  let url = request.url;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await send(parse(url), request);
    if ('failure' in answer || answer.location === undefined || !request.followRedirects) {
      return answer;
    }
    url = new URL(answer.location, parse(url)).href;
  }
  return { failure: 'url' };
}

function parse(url: string): URL | undefined {
  const text = /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function send(
  url: URL | undefined,
  request: CheckRequest,
): Promise<CheckAnswer & { readonly location?: string | undefined }> {
  if (!url || !/^https?:$/.test(url.protocol)) return Promise.resolve({ failure: 'url' });
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = request.resolve(host, Number(url.port) || (secure ? 443 : 80));
  if (!address) {
    return Promise.resolve({
      failure: /^[\d.:]+$|^localhost$/.test(host) ? 'refused' : 'unresolved',
    });
  }
  return new Promise((resolve) => {
    const outgoing = (secure ? https : http).request(
      {
        host: address.host,
        port: address.port,
        servername: host,
        method: request.method,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, ...request.headers },
        rejectUnauthorized: request.verifyCertificates,
        signal: request.signal,
        agent: false,
      },
      (response) => {
        let body = '';
        const finish = () =>
          resolve({
            status: response.statusCode ?? 0,
            body,
            location: redirects(response.statusCode) ? response.headers.location : undefined,
          });
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
          if (body.length <= keptLength) return;
          finish();
          response.destroy();
        });
        response.once('end', finish);
        response.once('error', () => resolve(failed(request.signal)));
      },
    );
    outgoing.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        /CERT|SELF_SIGNED/.test(error.code ?? '')
          ? { failure: 'certificate' }
          : failed(request.signal),
      ),
    );
    outgoing.end();
  });
}

function failed(signal: AbortSignal): CheckAnswer {
  return { failure: signal.aborted ? 'timeout' : 'refused' };
}

function redirects(status: number | undefined): boolean {
  return status !== undefined && [301, 302, 303, 307, 308].includes(status);
}
