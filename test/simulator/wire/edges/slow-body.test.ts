import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { readBody, readHead } from '../../../../simulator/wire/read-request.ts';

afterEach(() => vi.useRealTimers());

function incoming(): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  request.url = '/';
  return request;
}

it('a body of which nothing arrives for 20 seconds is RequestTimeout', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const request = incoming();
  const read = readBody(readHead(request), request, false);
  const refused = expect(read).rejects.toMatchObject({ code: 'RequestTimeout' });
  request.push('{');
  await vi.advanceTimersByTimeAsync(19_000);
  request.push('"a"');
  await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(19_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(2);
  await refused;
  expect(vi.getTimerCount()).toBe(0);
});

it('a slow body is read when it goes on, and leaves no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const request = incoming();
  const read = readBody(readHead(request), request, false);
  for (const part of ['{', '"a":', '1', '}']) {
    request.push(part);
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(15_000);
  }
  request.push(null);
  expect((await read).body.toString()).toBe('{"a":1}');
  expect(vi.getTimerCount()).toBe(0);
});
