import { z } from 'zod';

export const checkName = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('Shown in reports; default the path');

export const requestPath = z.string().startsWith('/');

export const method = z
  .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
  .default('GET');

/** Values may hold `${secrets.NAME}`. */
export const headers = z.record(z.string(), z.string()).default({});

/** Where a secret lies; its value is read by the hook, used in requests and masked everywhere else. */
const secretReference = z.union([
  z.strictObject({
    secretsManager: z.string().min(1).max(2048).describe('Name or ARN of the secret'),
    key: z.string().min(1).optional().describe('Member of a secret that is a JSON object'),
  }),
  z.strictObject({ parameter: z.string().min(1).max(2048).describe('SSM parameter, decrypted') }),
]);

export const secrets = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
      message: 'must be a letter, then up to 63 letters, digits or underscores',
    }),
    secretReference,
  )
  .default({})
  .describe('By the name under which ${secrets.NAME} refers to them');

/** How an HTTPS listener's certificate is verified; it always is. */
export const tls = z
  .strictObject({
    serverName: z
      .string()
      .min(1)
      .optional()
      .describe('Sent as SNI, and what the certificate must be for'),
    ca: z.string().startsWith('-----BEGIN CERTIFICATE-----').optional().describe('PEM'),
  })
  .prefault({});

export const requestBody = z
  .union([z.string(), z.strictObject({ json: z.json() })])
  .optional()
  .describe('Text, or a value that is sent as JSON');

export const protocol = z
  .enum(['http/1.1', 'h2'])
  .default('http/1.1')
  .describe('h2 needs an HTTPS listener');

export const redirects = z
  .strictObject({
    follow: z.int().min(0).max(10).default(0).describe('Most redirects that are followed'),
  })
  .prefault({});

export const timeoutMs = z
  .int()
  .min(50)
  .max(60_000)
  .default(2_000)
  .describe('Per request and its whole answer');

/** How fast and how long requests are sent. */
export const pace = {
  ratePerSecond: z
    .number()
    .gt(0)
    .max(1_000)
    .optional()
    .describe('Started at fixed times, however slow the answers; default as fast as answers come'),
  concurrency: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Most in flight; default 4, with ratePerSecond 64'),
  maxTotalSeconds: z
    .int()
    .min(1)
    .max(240)
    .default(240)
    .describe('For the whole check; what is not answered by then is not judged'),
};

export const allowInconclusive = z
  .boolean()
  .default(false)
  .describe('Lets a release through that could not be judged');

export type RequestBody = z.output<typeof requestBody>;
export type SecretReference = z.output<typeof secretReference>;
export type TlsSettings = z.output<typeof tls>;
