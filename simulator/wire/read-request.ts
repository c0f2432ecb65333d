import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../core/aws-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { WireRequest } from './message.ts';

/** Largest request body, in bytes, before and after decompression. */
export const bodyLimitBytes = 64 * 1024 * 1024;

/** How long nothing of a body may arrive, real milliseconds (S3 gives up after about 20 s). */
const bodyPatienceMs = 20_000;

/** The request without its body, which a refusal can already be rendered for. */
export function readHead(request: IncomingMessage): WireRequest {
  // Clients behind a proxy send the whole address (RFC 9112 section 3.2.2).
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*(?=[/?]|$)/i, '') || '/';
  const mark = target.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers,
    body: Buffer.alloc(0),
  };
}

/**
 * Reads and decodes the body. `keepEncoding` leaves a gzip encoding in place, which for S3 objects is
 * stored metadata. Throws AwsError when the body is too large or not what its headers say.
 */
export async function readBody(
  head: WireRequest,
  request: IncomingMessage,
  keepEncoding: boolean,
): Promise<WireRequest> {
  const raw = await collect(request);
  const encodings = (head.headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const chunked =
    encodings.includes('aws-chunked') ||
    (head.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  if (chunked) return decodeChunks(head, raw, encodings);
  if (encodings.includes('gzip') && !keepEncoding) return { ...head, body: gunzip(raw) };
  return { ...head, body: raw };
}

function collect(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) throw tooLarge();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    let patience: NodeJS.Timeout | undefined;
    const give = (end: () => void) => {
      clearTimeout(patience);
      request.pause().off('data', take).off('end', whole).off('error', torn).off('close', torn);
      end();
    };
    // A socket is concerned: real time, during which virtual time stands.
    const wait = () => {
      clearTimeout(patience);
      patience = setTimeout(() => give(() => reject(tooSlow())), bodyPatienceMs);
    };
    const take = (part: Buffer) => {
      wait();
      length += part.length;
      if (length > bodyLimitBytes) give(() => reject(tooLarge()));
      else parts.push(part);
    };
    const whole = () => give(() => resolve(Buffer.concat(parts)));
    const torn = () => give(() => reject(incomplete()));
    wait();
    request.on('data', take).on('end', whole).on('error', torn).on('close', torn);
  });
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The connection ended before the whole body had arrived');
}

/** S3 API reference, error responses: RequestTimeout, 400. */
function tooSlow(): AwsError {
  return new AwsError(
    'RequestTimeout',
    'Your socket connection to the server was not read from or written to within the timeout period.',
  );
}

function decodeChunks(head: WireRequest, raw: Buffer, encodings: readonly string[]): WireRequest {
  const { body, trailers } = decodeAwsChunked(raw);
  const announced = head.headers['x-amz-decoded-content-length'];
  if (announced !== undefined && Number(announced) !== body.length) {
    throw new AwsError(
      'IncompleteBody',
      `The body has ${body.length} bytes, its x-amz-decoded-content-length says ${announced}`,
    );
  }
  // A trailer brings the checksum of what was streamed; it must not replace other headers.
  const checksums = Object.fromEntries(
    Object.entries(trailers).filter(([name]) => name.startsWith('x-amz-checksum-')),
  );
  const { 'content-encoding': _, ...headers } = head.headers;
  const rest = encodings.filter((name) => name !== 'aws-chunked').join(',');
  return {
    ...head,
    body,
    headers: {
      ...headers,
      ...checksums,
      'content-length': String(body.length),
      ...(rest ? { 'content-encoding': rest } : {}),
    },
  };
}

function gunzip(raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: bodyLimitBytes });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new AwsError('SerializationException', 'The request body is not valid gzip content');
  }
}

function tooLarge(): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `The request body is larger than ${bodyLimitBytes} bytes, the most that the simulator takes`,
    { status: 413 },
  );
}
