import { Transform, type TransformCallback } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Servers disagree whether deflate has a zlib header (RFC 9110, 8.4.1.2, note); its first byte tells. */
const decoders: Readonly<Record<string, (firstByte: number) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  deflate: (firstByte) => (firstByte % 16 === 8 ? createInflate() : createInflateRaw()),
};

/** Nobody compresses more often in good faith, and each takes memory of its own. */
const mostEncodings = 4;

/**
 * Streams that undo a Content-Encoding, in the order to pass through. Probes ask for none, but some servers compress
 * regardless. An encoding that node does not know, or too many, leave the body as it came, and the header says so.
 */
export function decodersFor(contentEncoding: string | undefined): Transform[] {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > mostEncodings) return [];
  const chosen = names.reverse().map((name) => decoders[name]);
  return chosen.every((make) => make !== undefined)
    ? chosen.map((make) => new BodyDecoder(make))
    : [];
}

/** Begins with the first byte, because a body without any is empty and not an encoding cut short. */
class BodyDecoder extends Transform {
  readonly #make: (firstByte: number) => Transform;
  #decoder: Transform | undefined;

  constructor(make: (firstByte: number) => Transform) {
    super();
    this.#make = make;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#decoder ??= this.#begin(chunk.at(0) ?? 0);
    this.#decoder.write(chunk, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.#decoder === undefined) {
      done();
    } else {
      this.#decoder.once('end', () => done());
      this.#decoder.end();
    }
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#decoder?.destroy();
    done(error);
  }

  #begin(firstByte: number): Transform {
    const decoder = this.#make(firstByte);
    decoder.on('data', (part: Buffer) => this.push(part));
    decoder.on('error', (error) => this.destroy(error));
    return decoder;
  }
}
