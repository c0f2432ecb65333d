import type { DeploymentOverview } from '@aws-sdk/client-codedeploy';
import type { Deployment } from './deployment.ts';

/** Counts of the one ECS target by status. */
export function deploymentOverview({ target }: Deployment): DeploymentOverview {
  const counts = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
  const status = target?.status ?? 'Pending';
  return status in counts ? { ...counts, [status]: 1 } : counts;
}
