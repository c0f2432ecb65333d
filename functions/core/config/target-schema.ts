import { z } from 'zod';

export const resourceName = (maxLength: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${maxLength - 1}}$`), {
    message: `must be 1 to ${maxLength} letters, digits, hyphens or underscores, the first a letter or digit`,
  });

const ecsService = {
  cluster: resourceName(255),
  service: resourceName(255),
  container: resourceName(255).describe('The container whose image is replaced'),
};

const codeDeployTarget = z.strictObject({
  // The default alone would not let the union see a target without strategy as this one.
  strategy: z.literal('codedeploy').optional().default('codedeploy'),
  ...ecsService,
  application: z.string().min(1).max(100).describe('CodeDeploy application'),
  deploymentGroup: z.string().min(1).max(100),
});

/** What is left out of the percentages and the grace period stays as the service has it (ECS API, UpdateService). */
const rollingTarget = z.strictObject({
  strategy: z.literal('ecs-rolling'),
  ...ecsService,
  minimumHealthyPercent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Share of the desired tasks that stays healthy during the rollout'),
  maximumPercent: z
    .int()
    .min(100)
    .max(1_000)
    .optional()
    .describe('Share of the desired tasks that may run during the rollout'),
  healthCheckGracePeriodSeconds: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('For so long failing health checks stop no task'),
  circuitBreaker: z
    .boolean()
    .default(true)
    .describe('Whether ECS gives up, and rolls back, a rollout whose tasks fail too often'),
  alarms: z
    .array(z.string().min(1).max(255))
    .min(1)
    .optional()
    .describe('CloudWatch alarms that make ECS roll the rollout back'),
  releaseHeader: z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, { message: 'must be the name of a header' })
    .optional()
    .describe('Response header that names the release, so that answers can be told apart by it'),
  bakeMinutes: z
    .int()
    .min(0)
    .max(1_440)
    .default(5)
    .describe('How long the checks go on after the rollout has ended'),
});

/** How a service is deployed (design D10), with the members that belong to each strategy. */
export const target = z.discriminatedUnion('strategy', [codeDeployTarget, rollingTarget]);

/** Members that belong to one strategy alone. */
export const membersOfStrategy = {
  codedeploy: ['application', 'deploymentGroup'],
  'ecs-rolling': [
    'minimumHealthyPercent',
    'maximumPercent',
    'healthCheckGracePeriodSeconds',
    'circuitBreaker',
    'alarms',
    'releaseHeader',
    'bakeMinutes',
  ],
} as const;

export type TargetConfig = z.output<typeof target>;
export type CodeDeployTarget = Extract<TargetConfig, { readonly strategy: 'codedeploy' }>;
export type RollingTarget = Extract<TargetConfig, { readonly strategy: 'ecs-rolling' }>;
export type Strategy = TargetConfig['strategy'];
