import { z } from 'zod';
import { ControlRefusal, controlOperation } from '../control-operation.ts';

export const eventOperations = [
  controlOperation(
    'POST events/{id}/redeliver',
    'Delivers a published event again under its own id, as EventBridge may',
    { body: z.strictObject({}) },
    ({ control, id }) => {
      try {
        control.current().world.services.events.redeliver(id);
      } catch (error) {
        throw new ControlRefusal((error as Error).message, 404);
      }
      return { redelivered: id };
    },
  ),
];
