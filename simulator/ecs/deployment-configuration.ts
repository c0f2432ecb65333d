import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { ServiceController } from './state.ts';

/** As DescribeServices answers it for a service that was created without one; the ECS controller spells out more. */
export function defaultDeploymentConfiguration(
  controller: ServiceController,
): DeploymentConfiguration {
  const bounds = { maximumPercent: 200, minimumHealthyPercent: 100 };
  if (controller === 'CODE_DEPLOY') return bounds;
  return {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    ...bounds,
    alarms: { alarmNames: [], rollback: false, enable: false },
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
  };
}
