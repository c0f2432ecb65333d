import type { ContainerDefinition, HealthStatus } from '@aws-sdk/client-ecs';

export interface HealthOfContainer {
  readonly definition: ContainerDefinition;
  readonly healthStatus: HealthStatus;
}

/**
 * Health of a task: only its essential containers with a check count. One that failed makes it UNHEALTHY, all
 * passed HEALTHY, anything else UNKNOWN (API reference, HealthCheck).
 */
export function taskHealth(containers: readonly HealthOfContainer[]): HealthStatus {
  const counted = containers
    .filter(({ definition }) => definition.essential !== false && definition.healthCheck)
    .map(({ healthStatus }) => healthStatus);
  if (counted.includes('UNHEALTHY')) return 'UNHEALTHY';
  return counted.length > 0 && counted.every((health) => health === 'HEALTHY')
    ? 'HEALTHY'
    : 'UNKNOWN';
}
