import { z } from 'zod';
import { answerExpectations, shareExpectations } from './expectation-schemas.ts';
import {
  allowInconclusive,
  checkName,
  headers,
  method,
  pace,
  protocol,
  redirects,
  requestBody,
  requestPath,
  secrets,
  timeoutMs,
  tls,
} from './request-schemas.ts';

/** Runs of a flow that does not say how many. */
export const defaultRuns = 5;

const capture = z.union([
  z.strictObject({ json: z.string().startsWith('$').describe('Path into the body') }),
  z.strictObject({ header: z.string().min(1) }),
  z.strictObject({ cookie: z.string().min(1) }),
  z.strictObject({
    body: z.string().min(1).max(1_000).describe('A regular expression, whose first group is kept'),
  }),
]);

const flowStep = z.strictObject({
  name: checkName,
  path: requestPath,
  method,
  headers,
  body: requestBody,
  redirects,
  expect: z.strictObject(answerExpectations).prefault({}),
  capture: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
        message: 'must be a letter, then up to 63 letters, digits or underscores',
      }),
      capture,
    )
    .default({})
    .describe('By the name under which later steps say ${captured.NAME}'),
});

/** Requests that build on each other, such as a login and a call with its token. */
export const flowCheck = z.strictObject({
  type: z.literal('flow'),
  name: checkName,
  steps: z.array(flowStep).min(1).max(20),
  headers: headers.describe('Sent by every step that does not say otherwise'),
  cookies: z
    .enum(['keep', 'drop'])
    .default('drop')
    .describe('keep: a run sends the cookies it was given'),
  runs: z.int().min(1).max(1_000).default(defaultRuns).describe('How many runs are judged'),
  ...pace,
  timeoutMs,
  protocol,
  tls,
  secrets,
  expect: z.strictObject(shareExpectations).prefault({}),
  allowInconclusive,
});

export type FlowCheckConfig = z.output<typeof flowCheck>;
export type FlowStepConfig = z.output<typeof flowStep>;
export type CaptureConfig = z.output<typeof capture>;
