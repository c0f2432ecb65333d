import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Identity } from '../core/arns.ts';
import type { PulledImage } from '../core/services.ts';
import type { TaskNetwork } from './task-network.ts';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Image environment, then what Fargate adds, then the container definition's; nothing of this machine. */
export function containerEnvironment(
  identity: Identity,
  network: TaskNetwork,
  image: PulledImage,
  definition: ContainerDefinition,
): Record<string, string> {
  const own = (definition.environment ?? []).flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, value ?? ''] as const],
  );
  return {
    PATH: defaultPath,
    HOME: '/root',
    HOSTNAME: network.hostName,
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    AWS_REGION: identity.region,
    AWS_DEFAULT_REGION: identity.region,
    ...image.environment,
    ...Object.fromEntries(own),
  };
}
