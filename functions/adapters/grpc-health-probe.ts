import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type {
  GrpcHealthAnswer,
  GrpcHealthRequest,
  GrpcHealthTransport,
} from '../core/ports/grpc-health-transport.ts';
import {
  decodeHealthCheckResponse,
  encodeHealthCheckRequest,
  servingStatuses,
} from './grpc-health-messages.ts';
import { decodeGrpcMessage } from './grpc-message.ts';
import { openConnection } from './probe/connection.ts';
import { type Exchange, runExchange } from './probe/exchange.ts';
import { type Http2Answer, http2Request, wasReset } from './probe/http2-request.ts';
import { NoAnswer, reasonOf } from './probe/no-answer.ts';
import { requestHeaders } from './probe/request-headers.ts';

/** A health answer has seven bytes. */
const mostBytes = 65_536;
/** Of an answer that is not gRPC; who shows it masks it first, and cuts it further. */
const quotedCharacters = 8_192;

/**
 * grpc.health.v1.Health/Check over HTTP/2, as https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md has it, on
 * a connection of its own. `version` is Greengate's, for the user agent.
 */
export function grpcHealthProbe(version: string): GrpcHealthTransport {
  return {
    async check(request, signal) {
      const { outcome, timings } = await runExchange(
        { timeoutMs: request.timeoutMs, signal },
        (exchange) => carryOut(request, version, exchange),
      );
      return { ...outcome, durationMs: timings.totalMs };
    },
  };
}

type Outcome = GrpcHealthAnswer extends infer T
  ? T extends GrpcHealthAnswer
    ? Omit<T, 'durationMs'>
    : never
  : never;

async function carryOut(
  request: GrpcHealthRequest,
  version: string,
  exchange: Exchange,
): Promise<Outcome> {
  const url = new URL(request.url);
  const { 'accept-encoding': _, ...headers } = requestHeaders(request.headers, version);
  const connection = await openConnection(
    { url, hostHeader: headers.host, tls: request.tls, protocol: 'h2' },
    exchange,
  );
  const answer = await http2Request(
    connection,
    {
      url: new URL('/grpc.health.v1.Health/Check', url),
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-timeout': `${request.timeoutMs}m`,
      },
      body: encodeHealthCheckRequest(request.service),
    },
    exchange,
  );
  return judge(answer, await readRest(answer.stream, exchange));
}

interface Rest {
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders;
}

async function readRest(stream: ClientHttp2Stream, exchange: Exchange): Promise<Rest> {
  let trailers: IncomingHttpHeaders = {};
  stream.once('trailers', (received) => {
    trailers = received;
  });
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    exchange.progress = `after ${bytes} bytes of the answer`;
    if (bytes > mostBytes) throw new NoAnswer(`more than ${mostBytes} bytes of answer`);
  }
  return { body: Buffer.concat(parts), trailers };
}

/** The status is in the trailers, or in the headers when there is nothing else. */
function judge({ status, headers, stream }: Http2Answer, { body, trailers }: Rest): Outcome {
  const grpcStatus = trailers['grpc-status'] ?? headers['grpc-status'];
  if (typeof grpcStatus === 'string' && /^\d+$/.test(grpcStatus)) {
    const message = trailers['grpc-message'] ?? headers['grpc-message'];
    return Number(grpcStatus) === 0
      ? readMessage(body)
      : {
          kind: 'refused',
          status: Number(grpcStatus),
          message: decodeGrpcMessage(message?.toString()),
        };
  }
  if (status === 200 && isGrpc(headers['content-type'])) {
    if (wasReset(stream)) {
      throw new NoAnswer(`the server reset the stream (code ${stream.rstCode}) before its status`);
    }
    return notGrpc('the answer ended without a grpc-status');
  }
  // The load balancer's own answer; whoever meets it first learns nothing from the number.
  if (status === 464) return notGrpc("HTTP 464, the target group's protocol version is not GRPC");
  const type = headers['content-type'] ?? 'no content-type';
  const quoted = body.toString().slice(0, quotedCharacters);
  return notGrpc(
    `not gRPC: HTTP ${status} with ${type}${quoted === '' ? ' and no body' : `: ${quoted}`}`,
  );
}

function readMessage(body: Buffer): Outcome {
  try {
    const number = decodeHealthCheckResponse(body);
    const serving = servingStatuses[number];
    return serving === undefined
      ? notGrpc(`the answer has serving status ${number}, which grpc.health.v1 does not know`)
      : { kind: 'answer', serving };
  } catch (error) {
    return notGrpc(`the answer cannot be read: ${reasonOf(error)}`);
  }
}

function notGrpc(message: string): Outcome {
  return { kind: 'refused', status: -1, message };
}

function isGrpc(contentType: string | undefined): boolean {
  return /^application\/grpc(?:$|[+;])/.test(contentType ?? '');
}
