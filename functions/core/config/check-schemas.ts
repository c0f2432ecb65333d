import { z } from 'zod';
import { compareCheck } from './compare-schema.ts';
import { customCheck } from './custom-schema.ts';
import { answerExpectations, latencyExpectation, share } from './expectation-schemas.ts';
import { checkName, headers, method, requestPath, secrets, tls } from './request-schemas.ts';

/** Requests of an http check that does not say how many. */
export const defaultRequests = 20;

const httpCheck = z.strictObject({
  type: z.literal('http'),
  name: checkName,
  path: requestPath,
  method,
  headers,
  requests: z
    .int()
    .min(1)
    .max(10_000)
    .default(defaultRequests)
    .describe('How many requests are judged'),
  concurrency: z.int().min(1).max(64).default(4),
  timeoutMs: z.int().min(50).max(60_000).default(2_000).describe('Per request'),
  tls,
  secrets,
  expect: z
    .strictObject({
      ...answerExpectations,
      errorShare: z
        .strictObject({ max: share })
        .default({ max: 0 })
        .describe('Share of requests that may miss an expectation'),
      latency: latencyExpectation.optional(),
    })
    .prefault({}),
});

const alarmsCheck = z.strictObject({
  type: z.literal('alarms'),
  names: z.array(z.string().min(1)).min(1).max(10),
});

/** One check of a lifecycle event. */
export const check = z.discriminatedUnion('type', [
  httpCheck,
  alarmsCheck,
  compareCheck,
  customCheck,
]);

export type CheckConfig = z.output<typeof check>;
export type HttpCheckConfig = z.output<typeof httpCheck>;
export type AlarmsCheckConfig = z.output<typeof alarmsCheck>;
export type CompareCheckConfig = z.output<typeof compareCheck>;
export type CustomCheckConfig = z.output<typeof customCheck>;
