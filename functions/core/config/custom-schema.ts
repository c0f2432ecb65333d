import { z } from 'zod';
import { secrets, tls } from './request-schemas.ts';

/** A user's own check, in a file of their repository. */
export const customCheck = z.strictObject({
  type: z.literal('custom'),
  name: z.string().min(1).max(80).optional().describe('Shown in reports; default the file'),
  file: z
    .string()
    .regex(/^(?:\.\/)?[^/\\].*\.ts$/, { message: 'must be a .ts file relative to greengate.yaml' })
    .describe('TypeScript file, relative to greengate.yaml'),
  settings: z.record(z.string(), z.json()).default({}).describe('Handed to the check as it is'),
  timeoutMs: z.int().min(100).max(240_000).default(30_000).describe('For the whole check'),
  tls,
  secrets,
  allowInconclusive: z
    .boolean()
    .default(false)
    .describe('Lets a release through that could not be judged'),
});
