import { once } from 'node:events';
import http from 'node:http';
import { AssetStore } from '../../../simulator/core/asset-store.ts';
import { Ids } from '../../../simulator/core/ids.ts';
import { Journal } from '../../../simulator/core/journal.ts';
import { Network } from '../../../simulator/core/network.ts';
import { Random } from '../../../simulator/core/random.ts';
import type { Services } from '../../../simulator/core/services.ts';
import { defaultSettings } from '../../../simulator/core/settings.ts';
import { VirtualClock } from '../../../simulator/core/virtual-clock.ts';
import type { World } from '../../../simulator/core/world.ts';
import { createWireHandler } from '../../../simulator/wire/create-wire-handler.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';

export const startMs = Date.parse('2026-03-01T12:00:00Z');

export interface SimulatedAws {
  readonly world: World;
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

/** A world with the services that `build` puts into it, answered over loopback. */
export async function simulatedAws(
  build: (world: World, services: Partial<Services>) => readonly WireService[],
): Promise<SimulatedAws> {
  let endpoint = '';
  const services: Partial<Record<keyof Services, unknown>> = {};
  const clock = new VirtualClock({ startMs });
  const random = new Random(1);
  const world: World = {
    identity: { accountId: '111122223333', region: 'eu-west-1' },
    clock,
    journal: new Journal(() => clock.now()),
    random,
    ids: new Ids(random),
    network: new Network(),
    settings: defaultSettings,
    assets: new AssetStore(),
    directory: '/nonexistent',
    endpoint: () => endpoint,
    services: services as unknown as Services,
  };
  const handler = createWireHandler(world, build(world, services as Partial<Services>));
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
      clock.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
