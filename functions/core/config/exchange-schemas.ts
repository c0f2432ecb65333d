import { z } from 'zod';
import { jsonExpectations, shareExpectations, textExpectation } from './expectation-schemas.ts';
import {
  allowInconclusive,
  checkName,
  headers,
  pace,
  requestBody,
  requestPath,
  secrets,
  timeoutMs,
  tls,
} from './request-schemas.ts';

/** Exchanges of a websocket or grpc-health check that does not say how many. */
export const defaultExchanges = 5;

const requests = z
  .int()
  .min(1)
  .max(1_000)
  .default(defaultExchanges)
  .describe('How many exchanges are judged');

/** Upgrade to a WebSocket, and one message each way. */
export const webSocketCheck = z.strictObject({
  type: z.literal('websocket'),
  name: checkName,
  path: requestPath,
  headers,
  subprotocol: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, { message: 'must be one token' })
    .optional()
    .describe('Asked for, and expected to be agreed to'),
  send: requestBody,
  requests,
  ...pace,
  timeoutMs,
  tls,
  secrets,
  expect: z
    .strictObject({
      reply: textExpectation.optional().describe('The first message from the service'),
      json: jsonExpectations,
      ...shareExpectations,
    })
    .prefault({}),
  allowInconclusive,
});

/** grpc.health.v1.Health/Check. */
export const grpcHealthCheck = z.strictObject({
  type: z.literal('grpc-health'),
  name: checkName,
  service: z
    .string()
    .max(200)
    .default('')
    .describe('Name of the gRPC service; empty for the server as a whole'),
  headers,
  requests,
  ...pace,
  timeoutMs,
  tls,
  secrets,
  expect: z
    .strictObject({
      serving: z.enum(['SERVING', 'NOT_SERVING', 'UNKNOWN', 'SERVICE_UNKNOWN']).default('SERVING'),
      ...shareExpectations,
    })
    .prefault({}),
  allowInconclusive,
});

export type WebSocketCheckConfig = z.output<typeof webSocketCheck>;
export type GrpcHealthCheckConfig = z.output<typeof grpcHealthCheck>;
