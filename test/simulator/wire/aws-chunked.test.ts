import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from '../../../simulator/wire/aws-chunked.ts';

const encode = (chunks: readonly Uint8Array[], trailer = '') =>
  Buffer.concat([
    ...chunks.map((chunk) =>
      Buffer.concat([
        Buffer.from(`${chunk.length.toString(16)};chunk-signature=abc\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]),
    ),
    Buffer.from(`0\r\n${trailer}\r\n`),
  ]);

describe('aws-chunked content', () => {
  it('decodes to what was encoded, whatever the chunks hold', () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
        expect(decodeAwsChunked(encode(chunks)).body).toEqual(Buffer.concat(chunks));
      }),
    );
  });

  it('gives its trailers in lower case', () => {
    const { trailers } = decodeAwsChunked(encode([], 'X-Amz-Checksum-Crc32: AAAAAA==\r\n'));
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
  });

  it('cut at any place before its last chunk is refused', () => {
    const whole = encode([Buffer.from('hello'), Buffer.from('world')]);
    const lastChunk = whole.length - '0\r\n\r\n'.length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastChunk }), (length) => {
        expect(() => decodeAwsChunked(whole.subarray(0, length))).toThrow('aws-chunked');
      }),
    );
  });
});
