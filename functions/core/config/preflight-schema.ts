import { z } from 'zod';
import { preflightChecks } from '../preflight/check-catalogue.ts';

/**
 * Risks rather than defects, or wanted so: a circuit breaker is switched off on purpose; most services scale and nearly always deploy well while they do (aws-facts 3.12), and
 * a release waits for somebody else's deployment anyway (design D8), so refusing it would only lose the push.
 */
const warnOnlyByDefault = ['auto-scaling', 'deployment-in-flight', 'circuit-breaker'];

/** Findings of one severity that a release may bring along. */
const bound = z.union([z.int().min(0), z.literal('unlimited')]);

export const preflight = z
  .strictObject({
    warnOnly: z
      .array(z.enum(preflightChecks.map(({ id }) => id)))
      .default(warnOnlyByDefault)
      .describe('Checks, by id, whose NG is reported and does not refuse the release'),
    vulnerabilities: z
      .strictObject({
        critical: bound.default(0),
        high: bound.default('unlimited'),
        medium: bound.default('unlimited'),
        neverScanned: z
          .enum(['refuse', 'skip'])
          .default('skip')
          .describe('What an image that nobody scans means'),
        waitSeconds: z
          .int()
          .min(0)
          .max(300)
          .default(60)
          .describe('Longest wait for a scan that is still running'),
      })
      .prefault({}),
    maxHealthySeconds: z
      .int()
      .min(1)
      .max(3_600)
      .default(3_600)
      .describe('Longest acceptable predicted time until a started task is healthy'),
  })
  .prefault({});

export type PreflightConfig = z.output<typeof preflight>;
