import { type ClientHttp2Session, connect } from 'node:http2';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import { NoAnswer } from './no-answer.ts';

/** As many as HTTP/1.1 may have; node's own 128 would let it reset a stream in the server's name. */
const mostHeaders = 2_000;

/** An HTTP/2 session over an open connection; `failed` rejects when it ends, of itself or by an error. */
export function http2Session(
  { socket }: Connection,
  url: URL,
  exchange: Exchange,
): { readonly session: ClientHttp2Session; readonly failed: Promise<never> } {
  const session = connect(`${url.protocol}//${url.host}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
    maxHeaderListPairs: mostHeaders,
  });
  exchange.own(session);
  const failed = new Promise<never>((_, reject) => {
    session.once('error', reject);
    session.once('close', () => reject(new NoAnswer('the server closed the connection')));
  });
  failed.catch(() => undefined);
  return { session, failed };
}
