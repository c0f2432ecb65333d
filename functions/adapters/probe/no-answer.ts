/** Why there is no answer, in words for a report; whatever else is thrown is put into words by `reasonOf`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the server reset the connection',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name could not be resolved for now',
  EPIPE: 'the server closed the connection while the request was sent',
  ETIMEDOUT: 'the connection timed out',
  ERR_HTTP2_ERROR: 'the server does not speak HTTP/2',
  ERR_HTTP2_STREAM_ERROR: 'the server reset the stream',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server does not speak TLS',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'the server does not offer the protocol asked for',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'the server knows no certificate for the name asked for',
};

/** Node's words for connections that end in good order, but before they should; their code speaks of a reset. */
const endedTooEarly: Readonly<Record<string, string>> = {
  'socket hang up': 'the server closed the connection without an answer',
  'Client network socket disconnected before secure TLS connection was established':
    'the server closed the connection in the TLS handshake',
};

/** What an error of node means for the one who reads the report; its code stays in it. */
export function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  if (!(error instanceof Error)) return String(error);
  // One error for each address of a name; they fail alike.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const code = codeOf(error);
  if (code === undefined) return error.message;
  const tooEarly = endedTooEarly[error.message];
  if (tooEarly !== undefined) return `${tooEarly} (${code})`;
  const words = byCode[code];
  const message = plainMessage(error);
  const said = message.includes(code) ? message : `${code}: ${message}`;
  return words === undefined ? said : `${words} (${said})`;
}

/** E.g. `ECONNRESET`; undefined for errors without. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** OpenSSL's errors bring a thread and lines of source; what they mean is kept apart. */
function plainMessage(error: Error): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
