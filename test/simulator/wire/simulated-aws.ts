import type { Settings } from '../../../simulator/core/settings.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';

export interface SimulatedAws extends ServedWire {
  readonly world: TestWorld;
}

/** A world with the wire services that `build` makes, answered over loopback. */
export async function simulatedAws(
  build: (world: TestWorld) => readonly WireService[],
  settings: Partial<Settings> = {},
): Promise<SimulatedAws> {
  let endpoint = '';
  const world: TestWorld = { ...createTestWorld({ settings }), endpoint: () => endpoint };
  const served = await serveWire(world, build(world));
  endpoint = served.endpoint;
  return {
    ...served,
    world,
    async stop() {
      world.clock.stop();
      await served.stop();
    },
  };
}
