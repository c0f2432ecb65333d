import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientTraffic } from '../../cli/rehearsal/client-traffic.ts';

let server: http.Server;
let seen: number;

beforeEach(async () => {
  seen = 0;
  server = http.createServer(() => {
    seen++;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('clients of a release that never answers', () => {
  it('give up together when they are stopped, instead of one connection after the other', async () => {
    const { port } = server.address() as AddressInfo;
    const traffic = new ClientTraffic({
      host: '127.0.0.1',
      port,
      requests: [{ path: '/' }],
      requestsPerSecond: 5_000,
      requestTimeoutMs: 500,
    });
    traffic.start();
    // Far more than connections at a time: most of them wait for one.
    while (traffic.sent < 1_000) await setImmediate();

    await traffic.stop();

    expect(traffic.totals.byStatus).toEqual({ 'no answer': traffic.totals.requests });
    expect(seen).toBeLessThan(traffic.totals.requests);
  });
});
