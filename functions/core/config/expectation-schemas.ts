import { z } from 'zod';

export const share = z.number().min(0).max(1);
const jsonScalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const textExpectation = z.union([
  z.string(),
  z.strictObject({
    equals: z.string().optional(),
    contains: z.string().optional(),
    matches: z.string().optional().describe('A regular expression'),
  }),
]);

export const jsonExpectation = z.union([
  jsonScalar,
  z.strictObject({
    exists: z.boolean().optional(),
    equals: jsonScalar.optional(),
    matches: z.string().optional().describe('A regular expression'),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  }),
]);

export const statusExpectation = z.union([
  z.int().min(100).max(599),
  z.array(z.int().min(100).max(599)).min(1),
  z.string().regex(/^[1-5]xx$/, { message: 'must be a class such as 2xx' }),
]);

/** What one answer is held against. */
export const answerExpectations = {
  status: statusExpectation
    .default(200)
    .describe('A status, a list of them, or a class such as 2xx'),
  headers: z.record(z.string(), textExpectation).default({}),
  json: z
    .record(z.string().startsWith('$'), jsonExpectation)
    .default({})
    .describe('By path, e.g. $.items[0].price'),
  body: textExpectation.optional(),
};

export const latencyExpectation = z.strictObject({
  quantile: z.number().gt(0).max(1),
  maxMs: z.number().positive(),
});
