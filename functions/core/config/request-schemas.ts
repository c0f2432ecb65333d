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
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), secretReference)
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

export type SecretReference = z.output<typeof secretReference>;
export type TlsSettings = z.output<typeof tls>;
