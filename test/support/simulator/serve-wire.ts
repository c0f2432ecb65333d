import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from '../../../simulator/core/world.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';

export interface ServedWire {
  readonly endpoint: string;
  /** Options for any SDK client, to reach this server. */
  readonly client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
  stop(): Promise<void>;
}

/** Answers wire services on loopback, as the simulator's server does. */
export async function serveWire(
  world: World,
  services: readonly WireService[],
): Promise<ServedWire> {
  const handler = createWireHandler(world, services);
  const server = http.createServer((request, response) => void handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    client: {
      endpoint,
      region: world.identity.region,
      credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
      maxAttempts: 1,
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
