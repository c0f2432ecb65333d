import { once } from 'node:events';
import http from 'node:http';
import type { Settings } from '../../../simulator/core/settings.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';
import { createWireHandler } from '../../../simulator/wire/wire-handler.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

export interface SimulatedAws {
  readonly world: TestWorld;
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

/** A world with the wire services that `build` makes, answered over loopback. */
export async function simulatedAws(
  build: (world: TestWorld) => readonly WireService[],
  settings: Partial<Settings> = {},
): Promise<SimulatedAws> {
  let endpoint = '';
  const world: TestWorld = { ...createTestWorld({ settings }), endpoint: () => endpoint };
  const handler = createWireHandler(world, build(world));
  const server = http.createServer((request, response) => void handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    world,
    endpoint,
    client: {
      endpoint,
      region: world.identity.region,
      credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
      maxAttempts: 1,
    },
    async stop() {
      world.clock.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
