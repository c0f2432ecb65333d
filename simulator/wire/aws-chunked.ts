import { AwsError } from '../core/aws-error.ts';

export interface DecodedChunks {
  readonly body: Buffer;
  /** Trailing headers, e.g. `x-amz-checksum-crc32`, names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Decodes S3's `aws-chunked` content encoding: `SIZE[;chunk-signature=…]\r\n DATA \r\n`, a chunk of size
 * zero, then trailers. Chunk signatures are not verified.
 */
export function decodeAwsChunked(encoded: Buffer): DecodedChunks {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = () => {
    const end = encoded.indexOf('\r\n', at);
    if (end < 0) throw incomplete();
    const text = encoded.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const header = line();
    const size = /^([0-9a-f]{1,8})(;|$)/i.exec(header)?.[1];
    if (size === undefined) throw incomplete();
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    if (at + length + 2 > encoded.length) throw incomplete();
    chunks.push(encoded.subarray(at, at + length));
    at += length;
    if (line() !== '') throw incomplete();
  }
  const trailers: Record<string, string> = {};
  while (at < encoded.length) {
    const text = line();
    if (text === '') break;
    const colon = text.indexOf(':');
    if (colon > 0)
      trailers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
  }
  return { body: Buffer.concat(chunks), trailers };
}

function incomplete(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'The request body is not valid aws-chunked content or ends too early',
  );
}
