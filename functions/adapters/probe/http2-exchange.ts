import type { ProbeRequest } from '../../core/ports/probe-transport.ts';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { HttpAnswer } from './http-answer.ts';
import { http2Request, wasReset } from './http2-request.ts';
import { NoAnswer } from './no-answer.ts';
import { readBody } from './read-body.ts';

/** One HTTP/2 request over an open connection. Rejects with NoAnswer or node's error. */
export async function http2Exchange(
  connection: Connection,
  { url, method, body, maxBodyBytes }: ProbeRequest,
  headers: Readonly<Record<string, string>>,
  exchange: Exchange,
): Promise<HttpAnswer> {
  const { stream, ...answer } = await http2Request(
    connection,
    { url: new URL(url), method, headers, body },
    exchange,
  );
  const bodiless = method === 'HEAD' || answer.status === 304;
  const read = await readBody(
    stream,
    { headers: answer.headers, maxBodyBytes, bodiless },
    exchange,
  );
  if (wasReset(stream)) {
    throw new NoAnswer(
      `the server reset the stream (code ${stream.rstCode}), after ${read.bodyBytes} bytes of the body`,
    );
  }
  return { ...answer, ...read, protocol: 'h2' };
}
