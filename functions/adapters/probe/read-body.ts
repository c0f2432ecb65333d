import { pipeline, type Readable, Transform } from 'node:stream';
import { decodersFor } from './decoders.ts';
import type { Exchange } from './exchange.ts';
import { NoAnswer, reasonOf } from './no-answer.ts';

/** More than this is not read, whatever is kept: neither from the wire nor out of a decoder. */
export const mostBodyBytes = 10_000_000;

export interface BodyToRead {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
  /** Answers to HEAD and with 304 tell the length of a body that does not come (RFC 9110, 8.6). */
  readonly bodiless: boolean;
  /** What went wrong with the connection, where the stream itself only says that it ended. */
  readonly fault?: () => Error | undefined;
}

export interface ReadBody {
  readonly body: string;
  /** After decoding, kept or not. */
  readonly bodyBytes: number;
}

/** Keeps the first bytes and drops the rest, but reads to the end: a body cut short is no answer (NoAnswer). */
export async function readBody(
  stream: Readable,
  { headers, maxBodyBytes, bodiless, fault = () => undefined }: BodyToRead,
  exchange: Exchange,
): Promise<ReadBody> {
  const declared = declaredLength(headers['content-length']);
  const expected = bodiless ? undefined : declared;
  const wire = new ByteCounter((bytes) => {
    exchange.progress = arrived(bytes, expected);
  });
  exchange.progress = arrived(0, expected);
  exchange.own(stream);
  try {
    const kept = await keepFirst(decoded(stream, wire, headers, exchange), maxBodyBytes);
    if (expected !== undefined && wire.bytes < expected) throw new NoAnswer('the body broke off');
    // Where only the end of the connection ends a body, node takes a reset for one.
    const endless = declared === undefined && headers['transfer-encoding'] === undefined;
    if (endless && !bodiless && fault() !== undefined) throw fault();
    return {
      body: textOf(kept.bytes, kept.total > kept.bytes.length, headers['content-type']),
      bodyBytes: kept.total,
    };
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new NoAnswer(`${brokenOff(fault() ?? error)}, ${arrived(wire.bytes, expected)}`);
  }
}

function decoded(
  stream: Readable,
  wire: ByteCounter,
  headers: BodyToRead['headers'],
  exchange: Exchange,
): Readable {
  const steps = [wire, ...decodersFor(headers['content-encoding'])];
  for (const step of steps) exchange.own(step);
  // Its error destroys every step, which whoever reads the last one meets.
  pipeline([stream, ...steps], () => undefined);
  return steps.at(-1) ?? wire;
}

async function keepFirst(
  stream: Readable,
  maxBytes: number,
): Promise<{ readonly bytes: Buffer; readonly total: number }> {
  const parts: Buffer[] = [];
  let kept = 0;
  let total = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > mostBodyBytes) throw new TooLarge();
    const part = chunk.subarray(0, maxBytes - kept);
    kept += part.length;
    if (part.length > 0) parts.push(part);
  }
  return { bytes: Buffer.concat(parts), total };
}

class TooLarge extends NoAnswer {
  constructor() {
    super(`more than ${mostBodyBytes} bytes of body`);
  }
}

/** Passes everything on and says how much it was. */
class ByteCounter extends Transform {
  bytes = 0;

  constructor(report: (bytes: number) => void) {
    super({
      transform: (chunk: Buffer, _encoding, done) => {
        this.bytes += chunk.length;
        report(this.bytes);
        done(this.bytes > mostBodyBytes ? new TooLarge() : null, chunk);
      },
    });
  }
}

function declaredLength(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function arrived(bytes: number, expected: number | undefined): string {
  return expected === undefined
    ? `after ${bytes} bytes of the body`
    : `after ${bytes} of ${expected} bytes of the body`;
}

function brokenOff(error: unknown): string {
  if (error instanceof NoAnswer) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR')) {
    return `the compressed body cannot be decoded (${reasonOf(error)})`;
  }
  // Node says "aborted" or "premature close" whenever the connection ends before the body does.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || reasonOf(error).includes('aborted')) {
    return 'the body broke off';
  }
  return reasonOf(error);
}

/** In the charset of the Content-Type where node knows it; a character cut in two at the end is left out. */
function textOf(bytes: Buffer, cut: boolean, contentType: string | undefined): string {
  const [, charset = 'utf-8'] = /charset="?([^";\s]+)/i.exec(contentType ?? '') ?? [];
  return decoderOf(charset).decode(bytes, { stream: cut });
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true });
  }
}
