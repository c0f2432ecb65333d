import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { nestsDeeperThan } from '../core/yaml-nesting.ts';
import { normalizeMembers } from './app-spec-members.ts';
import { invalidRevision } from './invalid-revision.ts';

/** Lifecycle events that may name a function (aws-facts 3.1). */
export const hookEvents = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const;

export type HookEvent = (typeof hookEvents)[number];

export interface AppSpec {
  readonly taskDefinition: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly platformVersion: string | undefined;
  readonly networkConfiguration: unknown;
  readonly capacityProviderStrategy: unknown;
  /** Function name or ARN by lifecycle event. */
  readonly hooks: ReadonlyMap<HookEvent, string>;
}

const taskDefinitionArn = /^arn:[\w-]+:ecs:[\w-]+:\d{12}:task-definition\/[\w-]+:\d+$/;

const schema = z.strictObject({
  // The guide allows 0.0 only, but ECS's console writes 1 and deploys with it (aws/aws-cli #4256).
  version: z.literal([0, 1, '0.0', '1.0']),
  Resources: z
    .array(
      z.strictObject({
        TargetService: z.strictObject({
          // In any case: byu-oit/terraform-aws-fargate-api writes AWS::ECS::SERVICE.
          Type: z.string().regex(/^AWS::ECS::Service$/i, 'expected AWS::ECS::Service'),
          Properties: z.strictObject({
            TaskDefinition: z
              .string()
              .regex(taskDefinitionArn, 'expected a task definition ARN with its revision'),
            LoadBalancerInfo: z.strictObject({
              ContainerName: z.string().min(1),
              ContainerPort: z.number().int().min(1).max(65_535),
            }),
            PlatformVersion: z.string().optional(),
            NetworkConfiguration: z
              .strictObject({
                AwsvpcConfiguration: z.strictObject({
                  Subnets: z.array(z.string()).min(1),
                  SecurityGroups: z.array(z.string()).min(1),
                  AssignPublicIp: z.enum(['ENABLED', 'DISABLED']),
                }),
              })
              .optional(),
            CapacityProviderStrategy: z
              .array(
                z.strictObject({
                  CapacityProvider: z.string(),
                  Base: z.number().int().min(0).optional(),
                  Weight: z.number().int().min(0).optional(),
                }),
              )
              .optional(),
          }),
        }),
      }),
    )
    .length(1),
  // An event without a function: the same module writes null for it.
  Hooks: z.array(z.partialRecord(z.enum(hookEvents), z.string().min(1).nullable())).optional(),
});

/** Reads AppSpec content, JSON or YAML (aws-facts 3.4); throws InvalidRevisionException naming the place. */
export function parseAppSpec(content: string): AppSpec {
  const result = schema.safeParse(normalizeMembers(readText(content)));
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'AppSpec'}: ${issue.message}`,
    );
    throw invalidRevision(`The AppSpec file is not valid: ${problems.join('; ')}`);
  }
  const { Resources, Hooks } = result.data;
  const properties = Resources[0]?.TargetService.Properties;
  if (!properties) throw invalidRevision('The AppSpec file names no target service');
  return {
    taskDefinition: properties.TaskDefinition,
    containerName: properties.LoadBalancerInfo.ContainerName,
    containerPort: properties.LoadBalancerInfo.ContainerPort,
    platformVersion: properties.PlatformVersion,
    networkConfiguration: properties.NetworkConfiguration,
    capacityProviderStrategy: properties.CapacityProviderStrategy,
    hooks: readHooks(Hooks ?? []),
  };
}

export function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** No AppSpec is a tenth as deep. */
const mostLevels = 100;

/** JSON is YAML, so one parser reads both. */
function readText(content: string): unknown {
  if (nestsDeeperThan(content, mostLevels)) {
    throw invalidRevision('The AppSpec file could not be parsed: it is nested too deeply');
  }
  try {
    return parse(content, { logLevel: 'error' });
  } catch (error) {
    const [firstLine] = (error as Error).message.split('\n');
    throw invalidRevision(`The AppSpec file could not be parsed: ${firstLine}`);
  }
}

/** `Hooks` is a list of maps with one entry each; an event has at most one function. */
function readHooks(
  entries: readonly Partial<Record<HookEvent, string | null>>[],
): ReadonlyMap<HookEvent, string> {
  const hooks = new Map<HookEvent, string>();
  for (const entry of entries) {
    const pairs = Object.entries(entry) as [HookEvent, string | null][];
    const [pair] = pairs;
    if (!pair || pairs.length > 1) {
      throw invalidRevision(
        'The AppSpec file is not valid: each entry of Hooks has exactly one key',
      );
    }
    if (hooks.has(pair[0])) {
      throw invalidRevision(`The AppSpec file is not valid: ${pair[0]} occurs twice in Hooks`);
    }
    const [event, functionName] = pair;
    if (functionName !== null) hooks.set(event, functionName);
  }
  return hooks;
}
