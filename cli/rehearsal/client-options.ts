import type { Simulator } from '../../simulator/simulator.ts';

/** SDK options for a person with (made-up) credentials. */
export function clientOptions(simulator: Simulator) {
  return {
    endpoint: simulator.endpoint,
    region: simulator.world.identity.region,
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
  };
}
