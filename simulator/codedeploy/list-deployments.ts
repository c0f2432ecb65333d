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

/** Newest first; application and group go together. */
export function listDeployments(model: CodeDeployModel, input: ListDeploymentsInput): Deployment[] {
  const { applicationName, deploymentGroupName, includeOnlyStatuses, createTimeRange } = input;
  if (deploymentGroupName !== undefined) {
    model.applications.group(applicationName, deploymentGroupName);
  } else if (applicationName !== undefined) {
    model.applications.get(applicationName);
  }
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
      ({ order: { group }, status, createdAtMs }) =>
        (applicationName === undefined || group.applicationName === applicationName) &&
        (deploymentGroupName === undefined || group.name === deploymentGroupName) &&
        (!includeOnlyStatuses?.length || includeOnlyStatuses.includes(status)) &&
        (!start || createdAtMs >= start.getTime()) &&
        (!end || createdAtMs <= end.getTime()),
    )
    .reverse();
}
