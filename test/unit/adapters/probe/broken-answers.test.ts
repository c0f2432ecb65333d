import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalServers } from '../../../support/local-servers.ts';
import { sendProbe } from '../../../support/send-probe.ts';

const servers = new LocalServers();
afterEach(() => servers.stop());

const answerless = { kind: 'no-response' };

describe('httpProbe at a server that breaks off', () => {
  it.each<[string, RequestListener, string]>([
    ['never answers', () => undefined, 'waiting for the first byte of the answer'],
    [
      'never ends its body',
      (_, response) => response.writeHead(200).write('abc'),
      'after 3 bytes of the body',
    ],
    [
      'announces more than it sends',
      (_, response) => response.writeHead(200, { 'content-length': '10' }).write('abc'),
      'after 3 of 10 bytes of the body',
    ],
  ])('gives up on a server that %s and says how far it got', async (_, listener, progress) => {
    const url = await servers.http(listener);

    expect(await sendProbe(url, { timeoutMs: 250 })).toMatchObject({
      ...answerless,
      reason: `no complete answer within 250 ms, ${progress}`,
    });
    await servers.deserted();
  });

  it('gives up on a body that drips, because the limit is for the whole exchange', async () => {
    const url = await servers.http((_, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(drip));
    });

    expect(await sendProbe(url, { timeoutMs: 250 })).toMatchObject({
      reason: expect.stringMatching(
        /^no complete answer within 250 ms, after \d+ bytes of the body$/,
      ),
    });
    await servers.deserted();
  });

  it.each<[string, RequestListener, string]>([
    [
      'closes before the body is complete',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setImmediate(() => response.destroy());
      },
      'the body broke off, after 4 of 100 bytes of the body',
    ],
    [
      'closes within a chunked body',
      (_, response) => {
        response.write('half');
        setImmediate(() => response.destroy());
      },
      'the body broke off, after 4 bytes of the body',
    ],
    [
      'resets within the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half', () =>
          // After the client has read it: a reset throws away what is under way.
          setTimeout(() => request.socket.resetAndDestroy(), 20),
        );
      },
      'the server reset the connection (read ECONNRESET), after 4 of 100 bytes of the body',
    ],
    [
      'resets within a body that only the end of the connection ends',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nhalf', () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        );
      },
      'the server reset the connection (read ECONNRESET), after 4 bytes of the body',
    ],
    [
      'sends more headers than a load balancer passes on',
      ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`),
      'the answer has more than 65536 bytes of headers',
    ],
    [
      'writes broken chunks',
      ({ socket }) =>
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\nZZ\r\n'),
      'the answer is not valid HTTP (Parse Error: Invalid character in chunk size), after 4 bytes of the body',
    ],
    [
      'resets before any answer',
      ({ socket }) => socket.resetAndDestroy(),
      'the server reset the connection (read ECONNRESET)',
    ],
    [
      'closes before any answer',
      ({ socket }) => socket.end(),
      'the server closed the connection without an answer (ECONNRESET)',
    ],
    [
      'switches protocols unasked',
      ({ socket }) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
        ),
      'the server switched protocols unasked',
    ],
    [
      'sends more than anybody reads',
      (_, response) => response.end(Buffer.alloc(10_000_001)),
      'more than 10000000 bytes of body',
    ],
  ])('calls it no answer when the server %s', async (_, listener, reason) => {
    const url = await servers.http((request, response) => void listener(request, response));

    expect(await sendProbe(url)).toMatchObject({ ...answerless, reason });
    await servers.deserted();
  });

  it('takes headers of more than 16 KiB, as browsers do', async () => {
    const url = await servers.http((_, response) =>
      response.writeHead(200, { 'x-long': 'x'.repeat(30_000) }).end('ok'),
    );

    expect(await sendProbe(url)).toMatchObject({ status: 200, body: 'ok' });
  });

  it('calls a server that does not speak HTTP no answer', async () => {
    const url = await servers.tcp((socket) => socket.resume().end('SSH-2.0\r\n\r\n'));

    expect(await sendProbe(url)).toMatchObject({
      ...answerless,
      reason: expect.stringContaining('the answer is not valid HTTP'),
    });
  });
});
