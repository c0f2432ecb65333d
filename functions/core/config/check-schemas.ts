import { z } from 'zod';
import { compareCheck } from './compare-schema.ts';
import { customCheck } from './custom-schema.ts';
import { grpcHealthCheck, webSocketCheck } from './exchange-schemas.ts';
import { answerExpectations, shareExpectations } from './expectation-schemas.ts';
import { flowCheck } from './flow-schema.ts';
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

/** Requests of an http check that does not say how many. */
export const defaultRequests = 20;

const httpCheck = z.strictObject({
  type: z.literal('http'),
  name: checkName,
  path: requestPath,
  method,
  headers,
  body: requestBody,
  redirects,
  requests: z
    .int()
    .min(1)
    .max(10_000)
    .default(defaultRequests)
    .describe('How many requests are judged'),
  ...pace,
  timeoutMs,
  protocol,
  tls,
  secrets,
  expect: z.strictObject({ ...answerExpectations, ...shareExpectations }).prefault({}),
  allowInconclusive,
});

const alarmsCheck = z.strictObject({
  type: z.literal('alarms'),
  names: z.array(z.string().min(1)).min(1).max(10),
  allowInconclusive,
});

/** One check of a lifecycle event. */
export const check = z.discriminatedUnion('type', [
  httpCheck,
  flowCheck,
  webSocketCheck,
  grpcHealthCheck,
  alarmsCheck,
  compareCheck,
  customCheck,
]);

export type CheckConfig = z.output<typeof check>;
export type HttpCheckConfig = z.output<typeof httpCheck>;
export type AlarmsCheckConfig = z.output<typeof alarmsCheck>;
export type CompareCheckConfig = z.output<typeof compareCheck>;
export type CustomCheckConfig = z.output<typeof customCheck>;
export type { GrpcHealthCheckConfig, WebSocketCheckConfig } from './exchange-schemas.ts';
export type { FlowCheckConfig } from './flow-schema.ts';
/** Checks whose requests go to the listener alone, and which the original must pass too. */
export type ProbeCheckConfig = Extract<
  CheckConfig,
  { readonly type: 'http' | 'flow' | 'websocket' | 'grpc-health' }
>;
