import type { IncomingMessage } from 'node:http';
import { type RawData, WebSocket } from 'ws';
import type { WebSocketExchange, WebSocketTransport } from '../core/ports/web-socket-transport.ts';
import { openConnection } from './probe/connection.ts';
import { type Exchange, runExchange } from './probe/exchange.ts';
import { headersOf } from './probe/http1-exchange.ts';
import { codeOf, NoAnswer } from './probe/no-answer.ts';
import { requestHeaders } from './probe/request-headers.ts';

/** Bytes of a refusal's body that are kept. */
const refusalBytes = 4_096;

/** Time that a server gets to answer the close; it does not count. */
const farewellMs = 250;

/**
 * One WebSocket exchange with `ws`, which node 20 has no client of its own for, over a connection that is opened and
 * verified like any probe's. `version` is Greengate's, for the user agent.
 */
export function webSocketProbe(version: string): WebSocketTransport {
  return {
    async exchange(asked, signal) {
      const { outcome, timings } = await runExchange(
        { timeoutMs: asked.timeoutMs, signal },
        (exchange) => carryOut(asked, version, exchange),
      );
      return { ...outcome, durationMs: timings.totalMs };
    },
  };
}

type Opened = {
  readonly kind: 'opened';
  readonly subprotocol: string | undefined;
  readonly reply: string | undefined;
};

type Refused = {
  readonly kind: 'refused';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

async function carryOut(
  asked: WebSocketExchange,
  version: string,
  exchange: Exchange,
): Promise<Opened | Refused> {
  const url = new URL(asked.url);
  const { 'accept-encoding': _, ...headers } = requestHeaders(asked.headers, version);
  const target = { url, hostHeader: headers.host, tls: asked.tls, protocol: 'http/1.1' } as const;
  const { socket } = await openConnection(target, exchange);
  exchange.progress = 'waiting for the upgrade';
  exchange.phases.enter('first-byte');
  // The socket is secured already, and `ws` must not secure it again.
  const address = `ws://${url.host}${url.pathname}${url.search}`;
  const webSocket = new WebSocket(address, asked.subprotocol ?? [], {
    createConnection: () => socket,
    headers: { host: url.host, ...headers },
    perMessageDeflate: false,
    maxPayload: asked.maxMessageBytes,
  });
  exchange.own({ destroy: () => webSocket.terminate(), on: webSocket.on.bind(webSocket) });
  const events = listen(webSocket, asked);
  const refusal = await Promise.race([events.opened, events.refused, events.ended]);
  exchange.phases.enter('rest');
  if (refusal !== undefined) return describeRefusal(refusal);
  exchange.progress = 'waiting for the first message';
  if (asked.send !== undefined) webSocket.send(asked.send);
  const reply = asked.awaitReply ? await Promise.race([events.message, events.ended]) : undefined;
  exchange.parting = () => partFrom(webSocket);
  return { kind: 'opened', subprotocol: webSocket.protocol || undefined, reply };
}

interface Events {
  readonly opened: Promise<undefined>;
  readonly refused: Promise<IncomingMessage>;
  readonly message: Promise<string>;
  readonly ended: Promise<never>;
}

/** All at once: a greeting may come with the very bytes of the upgrade. */
function listen(webSocket: WebSocket, { maxMessageBytes }: WebSocketExchange): Events {
  const ended = new Promise<never>((_, reject) => {
    webSocket.once('error', (error) => reject(fault(error, maxMessageBytes)));
    webSocket.once('close', (code, reason) => {
      const said = reason.length === 0 ? '' : ` and "${reason.toString()}"`;
      reject(
        new NoAnswer(`the server closed the WebSocket with code ${code}${said}, no message came`),
      );
    });
  });
  // It may end when nobody looks any more.
  ended.catch(() => undefined);
  return {
    opened: new Promise((resolve) => webSocket.once('open', () => resolve(undefined))),
    refused: new Promise((resolve) =>
      webSocket.once('unexpected-response', (_, response) => resolve(response)),
    ),
    message: new Promise((resolve) => webSocket.once('message', (data) => resolve(textOf(data)))),
    ended,
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function fault(error: Error, maxMessageBytes: number): Error {
  switch (codeOf(error)) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return new NoAnswer(`the first message has more than ${maxMessageBytes} bytes`);
    case 'ECONNRESET':
      return error.message === 'socket hang up'
        ? new NoAnswer('the server closed the connection instead of upgrading it (ECONNRESET)')
        : error;
    default:
      return error;
  }
}

/** Status, headers and the first bytes of the body; what breaks off later does not matter. */
async function describeRefusal(response: IncomingMessage): Promise<Refused> {
  const parts: Buffer[] = [];
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      if (Buffer.concat(parts).length >= refusalBytes) break;
    }
  } catch {
    // The refusal stands, however its body ended.
  }
  return {
    kind: 'refused',
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    body: Buffer.concat(parts).subarray(0, refusalBytes).toString(),
  };
}

/** Closes in good order, as far as the server takes part in it: an abrupt end would look like a lost client. */
function partFrom(webSocket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, farewellMs);
    webSocket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    webSocket.close(1000);
  });
}
