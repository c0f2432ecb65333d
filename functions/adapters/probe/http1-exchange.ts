import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { ProbeRequest } from '../../core/ports/probe-transport.ts';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { HttpAnswer } from './http-answer.ts';
import { codeOf, NoAnswer } from './no-answer.ts';
import { readBody } from './read-body.ts';

/** Twice what a load balancer passes on; browsers take more than node's own 16 KiB, too. */
const mostHeaderBytes = 65_536;

/** One HTTP/1.1 request over an open connection, which it closes. Rejects with NoAnswer or node's error. */
export async function http1Exchange(
  { socket }: Connection,
  probe: ProbeRequest,
  headers: Readonly<Record<string, string>>,
  exchange: Exchange,
): Promise<HttpAnswer> {
  const url = new URL(probe.url);
  const request = httpRequest({
    createConnection: () => socket,
    maxHeaderSize: mostHeaderBytes,
    method: probe.method,
    path: `${url.pathname}${url.search}`,
    // Node would send the body of a GET or DELETE without its length, and servers would not read it.
    headers: {
      host: url.host,
      ...(probe.body !== undefined && { 'content-length': String(Buffer.byteLength(probe.body)) }),
      ...headers,
    },
  });
  exchange.own(request);
  exchange.progress = 'waiting for the first byte of the answer';
  exchange.phases.enter('first-byte');
  let fault: Error | undefined;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('upgrade', () => reject(new NoAnswer('the server switched protocols unasked')));
    // A body in bad chunks ends the request with the reason, and the response without one.
    request.once('error', (error) => {
      fault = inWords(error);
      reject(fault);
    });
    request.end(probe.body);
  });
  exchange.phases.enter('rest');
  const status = response.statusCode ?? 0;
  const answered = headersOf(response);
  const bodiless = probe.method === 'HEAD' || status === 304;
  const { maxBodyBytes } = probe;
  const read = await readBody(
    response,
    { headers: answered, maxBodyBytes, bodiless, fault: () => fault },
    exchange,
  );
  return {
    status,
    headers: answered,
    setCookies: response.headers['set-cookie'] ?? [],
    ...read,
    protocol: 'http/1.1',
  };
}

/** Lower-case names; repeated headers joined by a comma. */
export function headersOf(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values = []]) => [
      name,
      values.join(', '),
    ]),
  );
}

function inWords(error: Error): Error {
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW') {
    return new NoAnswer(`the answer has more than ${mostHeaderBytes} bytes of headers`);
  }
  return codeOf(error)?.startsWith('HPE_')
    ? new NoAnswer(`the answer is not valid HTTP (${error.message})`)
    : error;
}
