import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema of greengate.yaml as it is written (defaults may be left out), for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(configSchema, { io: 'input' }),
    title: 'greengate.yaml',
    description: 'What Greengate deploys, and how a replacement proves itself',
  };
}
