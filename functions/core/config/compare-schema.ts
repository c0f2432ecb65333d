import { z } from 'zod';
import { statusExpectation } from './expectation-schemas.ts';
import {
  allowInconclusive,
  checkName,
  headers,
  method,
  protocol,
  requestBody,
  requestPath,
  secrets,
  timeoutMs,
  tls,
} from './request-schemas.ts';

const comparedPath = z.union([
  requestPath,
  z.strictObject({
    path: requestPath,
    method,
    headers,
    body: requestBody,
    weight: z.number().positive().default(1).describe('Share of the pairs, relative to the others'),
  }),
]);

/** The paired comparison of replacement and original. */
export const compareCheck = z.strictObject({
  type: z.literal('compare'),
  name: checkName,
  paths: z.array(comparedPath).min(1).max(20),
  headers,
  expectStatus: statusExpectation.default('2xx').describe('Any other answer is an error'),
  falseAlarm: z
    .number()
    .gt(0)
    .max(0.2)
    .default(0.01)
    .describe('Chance that an equal release fails, shared by all paths and metrics'),
  falsePass: z
    .number()
    .gt(0)
    .max(0.2)
    .default(0.01)
    .describe('Chance that a release passes that is worse by what is to be detected'),
  errorShare: z
    .strictObject({
      detect: z
        .number()
        .gt(0)
        .lt(1)
        .default(0.05)
        .describe('Increase of the error share that must not go unnoticed'),
    })
    .prefault({}),
  latency: z
    .strictObject({
      quantile: z.number().gt(0).lt(1).default(0.95),
      slowdown: z.number().gt(1).max(100).default(1.2).describe('Factor that is still tolerated'),
      detect: z
        .number()
        .gt(1)
        .max(1_000)
        .default(1.5)
        .describe('Factor that must not go unnoticed'),
      toleranceMs: z
        .number()
        .min(0)
        .max(10_000)
        .default(5)
        .describe('Slower by no more than this is tolerated, whatever the factor'),
    })
    .optional(),
  pairs: z.int().min(10).max(20_000).default(2_000).describe('Most pairs of requests'),
  warmUpPairs: z.int().min(0).max(1_000).default(20).describe('Sent first and not judged'),
  ratePerSecond: z.number().gt(0).max(1_000).default(50).describe('Pairs per second'),
  concurrency: z.int().min(1).max(64).default(64).describe('Most pairs in flight'),
  timeoutMs,
  protocol,
  tls,
  secrets,
  allowInconclusive,
});
