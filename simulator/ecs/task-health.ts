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
  const counted = containers.filter(counts).map(({ healthStatus }) => healthStatus);
  if (counted.includes('UNHEALTHY')) return 'UNHEALTHY';
  return counted.length > 0 && counted.every((health) => health === 'HEALTHY')
    ? 'HEALTHY'
    : 'UNKNOWN';
}

/** What makes a task count as healthy for its containers' checks: passed, or none to pass. */
export function passesContainerChecks(containers: readonly HealthOfContainer[]): boolean {
  return !containers.some(counts) || taskHealth(containers) === 'HEALTHY';
}

function counts({ definition }: HealthOfContainer): boolean {
  return definition.essential !== false && definition.healthCheck !== undefined;
}
