import type http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A mistake of the person at the terminal: shown as one line, without a stack trace. */
export class SimulatorStartError extends Error {
  override readonly name = 'SimulatorStartError';
}

/** Listens on loopback and returns the port; 0 chooses a free one. A busy port is one clear sentence. */
export function listenOnLoopback(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(explain(error, port));
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new SimulatorStartError(
      `Cannot listen on 127.0.0.1:${port}: the port is in use; choose another with --port, or --port 0 for a free one`,
    );
  }
  if (error.code === 'EACCES') {
    return new SimulatorStartError(
      `Cannot listen on 127.0.0.1:${port}: no permission for this port; choose one above 1023 with --port`,
    );
  }
  return error;
}
