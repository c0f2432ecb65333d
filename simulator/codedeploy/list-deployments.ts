import type { DeploymentStatus, ListDeploymentsInput } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { Deployment } from './deployment.ts';
import type { CodeDeployModel } from './model.ts';

const statuses: readonly DeploymentStatus[] = [
  'Created',
  'Queued',
  'InProgress',
  'Baking',
  'Succeeded',
  'Failed',
  'Stopped',
  'Ready',
];

/** Newest first; application and group are given together or not at all [model ListDeployments]. */
export function listDeployments(model: CodeDeployModel, input: ListDeploymentsInput): Deployment[] {
  const { applicationName, deploymentGroupName, includeOnlyStatuses, createTimeRange } = input;
  const group =
    applicationName || deploymentGroupName
      ? model.applications.group(applicationName, deploymentGroupName)
      : undefined;
  const unknown = includeOnlyStatuses?.find((status) => !statuses.includes(status));
  if (unknown !== undefined) {
    throw new AwsError(
      'InvalidDeploymentStatusException',
      `Deployment status is not valid: ${unknown}`,
    );
  }
  const { start, end } = createTimeRange ?? {};
  if (start && end && start > end) {
    throw new AwsError(
      'InvalidTimeRangeException',
      `The start of the time range, ${start.toISOString()}, is after its end, ${end.toISOString()}`,
    );
  }
  return model.deployments
    .all()
    .filter(
      ({ order, status, createdAtMs }) =>
        (!group || order.group.id === group.id) &&
        (!includeOnlyStatuses?.length || includeOnlyStatuses.includes(status)) &&
        (!start || createdAtMs >= start.getTime()) &&
        (!end || createdAtMs <= end.getTime()),
    )
    .reverse();
}
