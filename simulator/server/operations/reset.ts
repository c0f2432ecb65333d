import { z } from 'zod';
import { controlOperation } from '../control-operation.ts';

const seed = z.int().min(0).max(0xffff_ffff);

export const resetOperations = [
  controlOperation(
    'POST reset',
    'Ends all processes and connections and begins anew, `empty` or with what was `loaded`; settings, faults and time begin anew as well',
    {
      body: z.strictObject({ to: z.enum(['empty', 'loaded']).optional(), seed: seed.optional() }),
      example: { to: 'loaded', seed: 7 },
      holdsClock: false,
    },
    async ({ control, body, socket }) => {
      await control.reset(body, socket);
      const { world } = control.current();
      return { seed: world.random.seed, time: new Date(world.clock.now()).toISOString() };
    },
  ),
  controlOperation(
    'POST seed',
    'Seeds the random choices from here on',
    { body: z.strictObject({ seed }), example: { seed: 7 } },
    ({ control, body }) => {
      control.current().world.random.reseed(body.seed);
      return body;
    },
  ),
];
