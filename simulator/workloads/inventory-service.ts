import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A dependency of the shop that is down until somebody repairs it: it holds its port from the start, so
 * that its address can be built into an image, but drops every connection.
 */
export class InventoryService {
  #down = true;
  readonly #server = http.createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"inStock":true}\n');
  });

  constructor() {
    this.#server.on('connection', (socket) => {
      // A destroyed socket is a connection reset for the caller: what a crashed dependency looks like.
      if (this.#down) socket.destroy();
    });
  }

  /** Listens on a free loopback port; returns the URL to call. */
  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/stock`;
  }

  repair(): void {
    this.#down = false;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}
