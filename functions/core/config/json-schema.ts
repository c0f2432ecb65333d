import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema of greengate.yaml as it is written (defaults may be left out), for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    // Checks are the same at every lifecycle event; written out each time, the file would be four times as long.
    ...z.toJSONSchema(configSchema, { io: 'input', reused: 'ref' }),
    title: 'greengate.yaml',
    description: 'What Greengate deploys, and how a replacement proves itself',
  };
}
