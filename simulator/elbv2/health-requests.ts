import http from 'node:http';
import http2 from 'node:http2';
import type { SocketAddress } from '../core/services.ts';

export interface HealthRequest {
  readonly address: SocketAddress;
  readonly host: string;
  readonly path: string;
  /** A gRPC call with an empty message, whose gRPC status is the answer. */
  readonly grpc: boolean;
}

/** Told the status, or undefined when there was no usable answer; perhaps more than once. */
type Answered = (status: number | undefined) => void;

const userAgent = 'ELB-HealthChecker/2.0';
/** Length prefix of an uncompressed message of no bytes. */
const emptyMessage = Buffer.alloc(5);

/** Sends a health check over HTTP/1.1; returns what aborts it. */
export function requestHttp1({ address, host, path }: HealthRequest, answered: Answered) {
  const request = http.get(
    {
      host: address.host,
      port: address.port,
      path,
      agent: false,
      headers: { host, 'user-agent': userAgent, connection: 'close' },
    },
    (response) => {
      response.resume();
      answered(response.statusCode ?? 0);
    },
  );
  request.on('error', () => answered(undefined));
  return () => void request.destroy();
}

/** Sends a health check over HTTP/2 without TLS, on a session of its own; returns what aborts it. */
export function requestHttp2(request: HealthRequest, answered: Answered) {
  const { address, host, path, grpc } = request;
  const session = http2.connect(`http://${address.host}:${address.port}`);
  session.on('error', () => answered(undefined));
  const stream = session.request(
    {
      ':method': grpc ? 'POST' : 'GET',
      ':path': path,
      ':authority': host,
      'user-agent': userAgent,
      ...(grpc && { 'content-type': 'application/grpc', te: 'trailers' }),
    },
    { endStream: !grpc },
  );
  const note = (status: unknown) => {
    if (/^\d+$/.test(String(status))) answered(Number(status));
  };
  stream.on('error', () => answered(undefined));
  stream.on('response', (headers) => note(headers[grpc ? 'grpc-status' : ':status']));
  stream.on('trailers', (trailers) => {
    if (grpc) note(trailers['grpc-status']);
  });
  stream.on('close', () => {
    answered(undefined);
    session.destroy();
  });
  stream.resume();
  if (grpc) stream.end(emptyMessage);
  return () => session.destroy();
}
