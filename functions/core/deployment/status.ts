import type { Deployment, DeploymentTarget } from '../ports/deployments.ts';

const terminalStatuses = ['Succeeded', 'Failed', 'Stopped'];

/** Terminal for this deployment; its rollback, a deployment of its own, may still run (aws-facts 3.8). */
export function isTerminal(deployment: Pick<Deployment, 'status'>): boolean {
  return terminalStatuses.includes(deployment.status);
}

/**
 * Whether anything of the service was touched. Before Install begins nothing is: no replacement task set
 * exists and both listeners are where they were, so there is nothing to roll back (aws-facts 3.1). Without
 * a target (DeploymentNotStarted) nothing was touched either.
 */
export function installBegan(target: DeploymentTarget | undefined): boolean {
  const status = statusOf(target, 'Install');
  return status !== undefined && !['Pending', 'Skipped'].includes(status);
}

/** Whether production is wholly on the replacement: AllowTraffic is done. */
export function trafficMoved(target: DeploymentTarget | undefined): boolean {
  return statusOf(target, 'AllowTraffic') === 'Succeeded';
}

/**
 * Whether all is done but the wait before the original is terminated: the target has ended and the deployment
 * has not (aws-facts 3.10).
 */
export function onlyRetentionLeft(target: DeploymentTarget | undefined): boolean {
  return trafficMoved(target) && statusOf(target, 'AfterAllowTraffic') === 'Succeeded';
}

/** Whether any production request may have reached the replacement: AllowTraffic began. */
export function productionTouched(target: DeploymentTarget | undefined): boolean {
  const status = statusOf(target, 'AllowTraffic');
  return status !== undefined && !['Pending', 'Skipped'].includes(status);
}

/** The lifecycle event that failed, by the target's own list. */
export function failedLifecycleEvent(target: DeploymentTarget | undefined): string | undefined {
  return target?.lifecycleEvents.find((event) => event.status === 'Failed')?.name;
}

/**
 * A deployment that CodeDeploy started to roll another one back (aws-facts 3.8). Nothing says that it comes
 * without the description of the one that it rolls back, so that never makes it one of ours.
 */
export function isRollback(
  deployment: Pick<Deployment, 'creator' | 'rollbackTriggeringDeploymentId'>,
): boolean {
  return (
    deployment.creator === 'codeDeployRollback' ||
    deployment.rollbackTriggeringDeploymentId !== undefined
  );
}

function statusOf(target: DeploymentTarget | undefined, name: string): string | undefined {
  return target?.lifecycleEvents.find((event) => event.name === name)?.status;
}
