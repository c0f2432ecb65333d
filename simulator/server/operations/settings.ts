import { z } from 'zod';
import { readSettings } from '../../core/setting-values.ts';
import { controlOperation } from '../control-operation.ts';

export const settingOperations = [
  controlOperation(
    'GET settings',
    'What the simulator assumes where AWS does not say, with the values of the moment',
    {},
    ({ control }) => control.current().world.settings,
  ),
  controlOperation(
    'PUT settings',
    'Changes settings while it runs; they hold for what begins from now on, until a reset',
    { body: z.record(z.string(), z.unknown()), example: { rollbackGapMs: 0 } },
    ({ control, body }) => {
      const { settings } = control.current().world;
      return Object.assign(settings, readSettings(body));
    },
  ),
];
