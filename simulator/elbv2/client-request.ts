import { type IncomingHttpHeaders, IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { ProtocolVersion } from './state.ts';

/** A request as the front received it, over HTTP/1.1 or HTTP/2. */
export type ClientRequest = IncomingMessage | Http2ServerRequest;

/** What the front needs of both kinds of response. */
export interface ClientResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers?: OutgoingHttpHeaders): unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  end(body: string): unknown;
  once(event: 'close' | 'drain', listener: () => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  /** HTTP/2 tells a broken answer from a complete one by the error. */
  destroy(error: Error): unknown;
}

/** An HTTP/1.1 request that is an upgrade only where the balancer takes part in one. */
export class BalancerRequest extends IncomingMessage {
  declare asksForUpgrade: boolean | null;

  /**
   * node asks this property, once the headers are read, whether to emit 'upgrade'. Everything but WebSocket
   * (h2c, say, which some clients always offer) is answered as the plain request that it is as well.
   */
  get upgrade(): boolean {
    return this.asksForUpgrade === true && this.headers.upgrade?.toLowerCase() === 'websocket';
  }

  set upgrade(asked: boolean | null) {
    this.asksForUpgrade = asked;
  }
}

export function isHttp2(request: ClientRequest): request is Http2ServerRequest {
  return request.httpVersionMajor === 2;
}

/** Headers with a Host, which HTTP/2 sends as `:authority`. */
export function headersOf(request: ClientRequest): IncomingHttpHeaders {
  if (request.headers.host !== undefined) return request.headers;
  const authority = isHttp2(request) ? request.headers[':authority'] : undefined;
  return authority === undefined ? request.headers : { ...request.headers, host: authority };
}

export function hasBody(request: ClientRequest): boolean {
  if (isHttp2(request)) return !request.stream.endAfterHeaders;
  return (
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  );
}

/** Whether a group of this protocol version can be given the request; the balancer answers 464 otherwise. */
export function fitsVersion(request: ClientRequest, version: ProtocolVersion): boolean {
  const isGrpc = request.headers['content-type']?.startsWith('application/grpc') ?? false;
  switch (version) {
    case 'HTTP1':
      return !(isHttp2(request) && isGrpc);
    case 'HTTP2':
      return isHttp2(request);
    case 'GRPC':
      return isHttp2(request) && request.method === 'POST';
  }
}
