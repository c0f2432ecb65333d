import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const document = '{"größe":42}';

function serve(encoding: string, body: Buffer | string): Promise<string> {
  return servers.http((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
}

describe('a body with a Content-Encoding', () => {
  it.each([
    ['gzip', gzipSync(document)],
    ['x-gzip', gzipSync(document)],
    ['br', brotliCompressSync(document)],
    ['deflate', deflateSync(document)],
    ['deflate', deflateRawSync(document)],
    ['GZIP, br', brotliCompressSync(gzipSync(document))],
    ['identity', Buffer.from(document)],
  ])('is decoded from %s', async (encoding, body) => {
    expect(await sendProbe(await serve(encoding, body))).toMatchObject({
      kind: 'response',
      headers: { 'content-encoding': encoding },
      body: document,
      bodyBytes: 14,
    });
  });

  it('is left as it came in more encodings than anybody means', async () => {
    const encoding = Array.from({ length: 5 }, () => 'gzip').join(', ');

    expect(await sendProbe(await serve(encoding, 'as it came'))).toMatchObject({
      body: 'as it came',
    });
  });

  it('is left as it came in an encoding that nobody knows', async () => {
    expect(await sendProbe(await serve('gzip, zip', 'as it came'))).toMatchObject({
      body: 'as it came',
    });
  });

  it('may be empty', async () => {
    expect(await sendProbe(await serve('gzip', ''))).toMatchObject({
      kind: 'response',
      body: '',
      bodyBytes: 0,
    });
  });

  it.each([
    ['cut short', gzipSync(document).subarray(0, 20), 'unexpected end of file'],
    ['none at all', Buffer.from('plain text as it is'), 'incorrect header check'],
  ])('is no answer when the encoding is %s', async (_, body, said) => {
    const reason = `the compressed body cannot be decoded (Z_`;
    expect(await sendProbe(await serve('gzip', body))).toMatchObject({
      kind: 'no-response',
      reason: expect.stringMatching(
        new RegExp(`^${reason.replace('(', '\\(')}\\w+: ${said}\\), after \\d+ bytes of the body$`),
      ),
    });
    await servers.deserted();
  });

  it('is not unpacked without end', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));

    expect(await sendProbe(await serve('gzip', bomb))).toMatchObject({
      kind: 'no-response',
      reason: 'more than 10000000 bytes of body',
    });
    await servers.deserted();
  });
});
