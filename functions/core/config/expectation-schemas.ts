import { z } from 'zod';

export const share = z.number().min(0).max(1);
const jsonScalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const pattern = z.string().min(1).max(1_000).optional().describe('A regular expression');
const length = z.int().min(0);

const textParts = {
  equals: z.string().optional(),
  contains: z.string().optional(),
  notContains: z.string().optional(),
  matches: pattern,
};

export const textExpectation = z.union([z.string(), z.strictObject(textParts)]);

const headerExpectation = z.union([
  z.string(),
  z.strictObject({ exists: z.boolean().optional(), ...textParts }),
]);

const bodyExpectation = z.union([
  z.string(),
  z.strictObject({
    ...textParts,
    minBytes: length.optional(),
    maxBytes: length.optional(),
  }),
]);

const cookieExpectation = z.strictObject({
  exists: z.boolean().optional(),
  secure: z.boolean().optional(),
  httpOnly: z.boolean().optional(),
  sameSite: z.enum(['Strict', 'Lax', 'None']).optional(),
  value: textExpectation.optional(),
});

const jsonType = z.enum(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);

export const jsonExpectation = z.union([
  jsonScalar,
  z.strictObject({
    exists: z.boolean().optional(),
    type: jsonType.optional(),
    equals: z.json().optional(),
    notEquals: z.json().optional(),
    contains: jsonScalar.optional().describe('Part of a text, or an item of a list'),
    matches: pattern,
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    minLength: length.optional().describe('Characters of a text, items of a list'),
    maxLength: length.optional(),
  }),
]);

/** By path, of one JSON document. */
export const jsonExpectations = z
  .record(z.string().startsWith('$'), jsonExpectation)
  .default({})
  .describe('By path, e.g. $.items[0].price');

const statusClass = z.string().regex(/^[1-5]xx$/, { message: 'must be a class such as 2xx' });
const status = z.int().min(100).max(599);

export const statusExpectation = z.union([
  status,
  z.array(z.union([status, statusClass])).min(1),
  statusClass,
]);

/** What one HTTP answer is held against. */
export const answerExpectations = {
  status: statusExpectation
    .default(200)
    .describe('A status, a class such as 2xx, or a list of either'),
  headers: z.record(z.string(), headerExpectation).default({}),
  cookies: z.record(z.string(), cookieExpectation).default({}).describe('Set by the answer'),
  json: jsonExpectations,
  jsonSchema: z
    .record(z.string(), z.json())
    .optional()
    .describe('JSON Schema of the body, draft 2020-12 or 7'),
  body: bodyExpectation.optional(),
  redirect: textExpectation.optional().describe('Where Location points to, followed or not'),
  protocol: z.enum(['http/1.1', 'h2']).optional(),
  certificate: z.strictObject({ minDaysLeft: z.int().min(0).max(3_650) }).optional(),
};

const latencyBound = z.strictObject({
  quantile: z.number().gt(0).max(1),
  maxMs: z.number().positive(),
});

/** What all requests of a check are held against together. */
export const shareExpectations = {
  errorShare: z
    .strictObject({ max: share })
    .default({ max: 0 })
    .describe('Share of requests that may miss an expectation'),
  latency: z
    .union([latencyBound, z.array(latencyBound).min(1).max(5)])
    .optional()
    .describe('One bound or several'),
};

export type StatusExpectation = z.output<typeof statusExpectation>;
export type TextExpectation = z.output<typeof textExpectation>;
export type HeaderExpectation = z.output<typeof headerExpectation>;
export type BodyExpectation = z.output<typeof bodyExpectation>;
export type CookieExpectation = z.output<typeof cookieExpectation>;
export type JsonExpectation = z.output<typeof jsonExpectation>;
export type AnswerExpectations = z.output<z.ZodObject<typeof answerExpectations>>;
export type ShareExpectations = z.output<z.ZodObject<typeof shareExpectations>>;
export type LatencyBound = z.output<typeof latencyBound>;
