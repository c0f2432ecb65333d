import type { Deployment } from './state.ts';

const least = 3;
const most = 200;

/** Failed tasks that make a deployment FAILED: half of the desired count, rounded up, within 3 and 200 (aws-facts 2.6). */
export function circuitBreakerThreshold(desiredCount: number): number {
  return Math.min(most, Math.max(least, Math.ceil(desiredCount / 2)));
}

/** Notes how many tasks of a deployment failed in a row, as long as that can end it. */
export function countFailures(deployment: Deployment, failedTasks: number): void {
  if (deployment.status !== 'PRIMARY' || deployment.rolloutState !== 'IN_PROGRESS') return;
  deployment.failedTasks = failedTasks;
  // What led to a rollback stays on record while the rollback counts anew.
  if (deployment.rollbackTo === undefined) deployment.serviceDeployment.failureCount = failedTasks;
}

/** Whether so many tasks failed that the deployment ends, where it has a circuit breaker. */
export function isTripped(deployment: Deployment | undefined): boolean {
  if (deployment?.rolloutState !== 'IN_PROGRESS') return false;
  const { circuitBreakerThreshold, configuration } = deployment.serviceDeployment;
  return (
    configuration.deploymentCircuitBreaker?.enable === true &&
    deployment.failedTasks >= circuitBreakerThreshold
  );
}
