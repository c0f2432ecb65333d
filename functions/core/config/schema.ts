import { z } from 'zod';
import { repositoryNameSource } from '../image/repository-name.ts';
import { check } from './check-schemas.ts';
import { freeze } from './freeze-schema.ts';
import { preflight } from './preflight-schema.ts';
import { resourceName, target } from './target-schema.ts';

const service = z.strictObject({
  name: resourceName(32),
  image: z.strictObject({
    repository: z
      .string()
      .regex(new RegExp(`^${repositoryNameSource}$`), { message: 'must be an ECR repository name' })
      // A push event names the repository alone, so that nothing would ever match.
      .refine((name) => !/\.amazonaws\.com(\.cn)?\//.test(name), {
        message: 'names the registry too; only what follows the first slash belongs here',
      })
      .describe('Without registry host'),
    tags: z
      .array(z.string().min(1))
      .min(1)
      .describe('Glob patterns: * matches any characters, ? one'),
  }),
  target,
  checks: z
    .strictObject({
      afterAllowTestTraffic: z.array(check).default([]),
      beforeAllowTraffic: z.array(check).default([]),
      afterAllowTraffic: z.array(check).default([]),
    })
    .prefault({}),
  preflight,
  onNewerPush: z
    .enum(['wait', 'supersede'])
    .default('wait')
    .describe('What a newer image does to a deployment that production has not met yet'),
  endRetentionEarly: z
    .boolean()
    .default(false)
    .describe('Whether a newer image ends the wait before the original is terminated'),
  approval: z
    .strictObject({
      required: z
        .boolean()
        .default(false)
        .describe('Whether a person lets each deployment on before production traffic'),
      // CodeDeploy gives a hook up after 60 minutes, and the sweep may come ten minutes late.
      timeoutMinutes: z
        .int()
        .min(10)
        .max(45)
        .default(45)
        .describe('How long a person is waited for, from the begin of BeforeAllowTraffic'),
    })
    .prefault({}),
  failFast: z
    .strictObject({
      stoppedTasks: z
        .int()
        .min(1)
        .max(100)
        .default(3)
        .describe('Stopped tasks of the replacement that end its deployment at once'),
      logLines: z
        .int()
        .min(0)
        .max(50)
        .default(5)
        .describe('Last lines of a stopped task that are kept with the reason; 0 keeps none'),
    })
    .prefault({}),
});

/** greengate.yaml. Unknown keys are mistakes; all mistakes are reported together (style habit 16). */
export const configSchema = z.strictObject({
  hooks: z
    .strictObject({
      subnetIds: z
        .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, { message: 'must be a subnet id' }))
        .min(1)
        .max(16)
        .describe('Private subnets with a way to the AWS APIs'),
      securityGroupIds: z
        .array(z.string().regex(/^sg-[0-9a-f]{8,17}$/, { message: 'must be a security group id' }))
        .min(1)
        .max(5),
    })
    .optional()
    .describe('Network of the hooks, for listeners that cannot be reached from outside a VPC'),
  freezes: z.array(freeze).default([]).describe('Times in which nothing is released'),
  services: z.array(service).min(1),
});

/** Configuration with every default filled in; what is compiled to JSON and bundled. */
export type Config = z.output<typeof configSchema>;
/** Where the hooks run when the configuration says so (design D6). */
export type HookNetworkConfig = NonNullable<Config['hooks']>;
export type ServiceConfig = Config['services'][number];
export type {
  AlarmsCheckConfig,
  CheckConfig,
  CompareCheckConfig,
  CustomCheckConfig,
  FlowCheckConfig,
  GrpcHealthCheckConfig,
  HttpCheckConfig,
  ProbeCheckConfig,
  WebSocketCheckConfig,
} from './check-schemas.ts';
export { defaultRequests } from './check-schemas.ts';
export type { CodeDeployTarget, RollingTarget, Strategy, TargetConfig } from './target-schema.ts';
