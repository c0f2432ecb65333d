import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface InventoryService {
  /** What the shop calls; known from the start, so that it can be built into an image. */
  readonly url: string;
  repair(): void;
  breakDown(): void;
  stop(): Promise<void>;
}

/**
 * A dependency of the shop that is down until somebody repairs it, or after it broke down: it holds a free loopback port from the
 * start, but drops every connection once something is asked of it.
 */
export async function startInventory(): Promise<InventoryService> {
  let down = true;
  const server = http.createServer((request, response) => {
    // What a crashed dependency looks like. A client that is cut off before it asks connects anew until its time is up.
    if (down) return request.socket.destroy();
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"inStock":true}\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/stock`,
    repair: () => {
      down = false;
    },
    breakDown: () => {
      down = true;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
