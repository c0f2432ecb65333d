import {
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { http2Session } from './http2-session.ts';
import { NoAnswer } from './no-answer.ts';

export interface Http2Request {
  readonly url: URL;
  readonly method: string;
  /** Lower-case names; `host` becomes :authority. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface Http2Answer {
  readonly status: number;
  /** Without :status; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  /** The body, not read yet. */
  readonly stream: ClientHttp2Stream;
}

/** Sends one request in a session of its own and waits for the answer's headers. Rejects with NoAnswer or node's error. */
export async function http2Request(
  connection: Connection,
  { url, method, headers, body }: Http2Request,
  exchange: Exchange,
): Promise<Http2Answer> {
  const { session, failed } = http2Session(connection, url, exchange);
  const { host = url.host, ...others } = headers;
  const stream = session.request(
    {
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      ...others,
      [constants.HTTP2_HEADER_METHOD]: method,
      [constants.HTTP2_HEADER_SCHEME]: url.protocol.slice(0, -1),
      [constants.HTTP2_HEADER_AUTHORITY]: host,
      [constants.HTTP2_HEADER_PATH]: `${url.pathname}${url.search}`,
    },
    { endStream: body === undefined },
  );
  exchange.own(stream);
  exchange.progress = 'waiting for the first byte of the answer';
  exchange.phases.enter('first-byte');
  const answered = await Promise.race([headersOf(stream, body), failed]);
  exchange.phases.enter('rest');
  return {
    status: answered[':status'] ?? 0,
    headers: joined(answered),
    setCookies: answered['set-cookie'] ?? [],
    stream,
  };
}

/** Node lets a body that the server reset end as if it were complete: ask when it has ended. */
export function wasReset(stream: ClientHttp2Stream): boolean {
  return stream.aborted || (stream.rstCode ?? 0) !== constants.NGHTTP2_NO_ERROR;
}

function headersOf(
  stream: ClientHttp2Stream,
  body: string | Buffer | undefined,
): Promise<IncomingHttpHeaders & IncomingHttpStatusHeader> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
    stream.once('close', () =>
      reject(
        new NoAnswer(`the server closed the stream without an answer (code ${stream.rstCode})`),
      ),
    );
    if (body !== undefined) stream.end(body);
  });
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !name.startsWith(':'))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
