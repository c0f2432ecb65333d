import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Identity } from '../core/arns.ts';
import type { PulledImage } from '../core/services.ts';
import type { TaskNetwork } from './task-network.ts';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface EnvironmentSources {
  readonly definition: ContainerDefinition;
  /** Of the container's environment files. */
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where metadata and credentials are. */
  readonly agent: Readonly<Record<string, string>>;
  /** On this machine: a real container has a /tmp of its own. */
  readonly temporaryDirectory: string;
}

/**
 * Image environment, then what Fargate adds, then files, the container definition's and secrets; nothing of
 * this machine. Variables of the definition win over those of files (developer guide).
 */
export function containerEnvironment(
  identity: Identity,
  network: TaskNetwork,
  image: PulledImage,
  { definition, files, secrets, agent, temporaryDirectory }: EnvironmentSources,
): Record<string, string> {
  const own = (definition.environment ?? []).flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, value ?? ''] as const],
  );
  return {
    PATH: defaultPath,
    HOME: '/root',
    TMPDIR: temporaryDirectory,
    HOSTNAME: network.hostName,
    AWS_EXECUTION_ENV: network.onInstance ? 'AWS_ECS_EC2' : 'AWS_ECS_FARGATE',
    AWS_REGION: identity.region,
    AWS_DEFAULT_REGION: identity.region,
    ...agent,
    ...image.environment,
    ...files,
    ...Object.fromEntries(own),
    ...secrets,
  };
}
