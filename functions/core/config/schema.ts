import { z } from 'zod';

const name = (maxLength: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${maxLength - 1}}$`), {
    message: `must be 1 to ${maxLength} letters, digits, hyphens or underscores`,
  });

const share = z.number().min(0).max(1);
const jsonScalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const textExpectation = z.union([
  z.string(),
  z.strictObject({
    equals: z.string().optional(),
    contains: z.string().optional(),
    matches: z.string().optional().describe('A regular expression'),
  }),
]);

const jsonExpectation = z.union([
  jsonScalar,
  z.strictObject({
    exists: z.boolean().optional(),
    equals: jsonScalar.optional(),
    matches: z.string().optional().describe('A regular expression'),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  }),
]);

/** Requests of an http check that does not say how many. */
export const defaultRequests = 20;

const httpCheck = z.strictObject({
  type: z.literal('http'),
  name: z.string().min(1).max(80).optional().describe('Shown in reports; default the path'),
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  requests: z
    .int()
    .min(1)
    .max(10_000)
    .default(defaultRequests)
    .describe('How many requests are judged'),
  concurrency: z.int().min(1).max(64).default(4),
  timeoutMs: z.int().min(50).max(60_000).default(2_000).describe('Per request'),
  expect: z
    .strictObject({
      status: z
        .union([
          z.int().min(100).max(599),
          z.array(z.int().min(100).max(599)).min(1),
          z.string().regex(/^[1-5]xx$/, { message: 'must be a class such as 2xx' }),
        ])
        .default(200)
        .describe('A status, a list of them, or a class such as 2xx'),
      headers: z.record(z.string(), textExpectation).default({}),
      json: z
        .record(z.string().startsWith('$'), jsonExpectation)
        .default({})
        .describe('By path, e.g. $.items[0].price'),
      body: textExpectation.optional(),
      errorShare: z
        .strictObject({ max: share })
        .default({ max: 0 })
        .describe('Share of requests that may miss an expectation'),
      latency: z
        .strictObject({ quantile: z.number().gt(0).max(1), maxMs: z.number().positive() })
        .optional(),
    })
    .prefault({}),
});

const alarmsCheck = z.strictObject({
  type: z.literal('alarms'),
  names: z.array(z.string().min(1)).min(1).max(10),
});

const check = z.discriminatedUnion('type', [httpCheck, alarmsCheck]);

const service = z.strictObject({
  name: name(32),
  image: z.strictObject({
    repository: z
      .string()
      .regex(/^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/, { message: 'must be an ECR repository name' })
      .describe('Without registry host'),
    tags: z
      .array(z.string().min(1))
      .min(1)
      .describe('Glob patterns: * matches any characters, ? one'),
  }),
  target: z.strictObject({
    strategy: z.literal('codedeploy').default('codedeploy'),
    cluster: name(255),
    service: name(255),
    container: name(255).describe('The container whose image is replaced'),
    application: z.string().min(1).max(100).describe('CodeDeploy application'),
    deploymentGroup: z.string().min(1).max(100),
  }),
  checks: z
    .strictObject({
      afterAllowTestTraffic: z.array(check).default([]),
      beforeAllowTraffic: z.array(check).default([]),
      afterAllowTraffic: z.array(check).default([]),
    })
    .prefault({}),
});

/** greengate.yaml. Unknown keys are mistakes; all mistakes are reported together (style habit 16). */
export const configSchema = z.strictObject({
  services: z.array(service).min(1),
});

/** Configuration with every default filled in; what is compiled to JSON and bundled. */
export type Config = z.output<typeof configSchema>;
export type ServiceConfig = Config['services'][number];
export type CheckConfig = z.output<typeof check>;
export type HttpCheckConfig = z.output<typeof httpCheck>;
export type AlarmsCheckConfig = z.output<typeof alarmsCheck>;
