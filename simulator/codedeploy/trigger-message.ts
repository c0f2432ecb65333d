import type { Identity } from '../core/arns.ts';
import type { Deployment } from './deployment.ts';
import { deploymentOverview } from './deployment-overview.ts';
import { errorInformation } from './error-information.ts';

/**
 * What a trigger publishes: JSON whose nested members are JSON strings with members of their own spelling
 * (aws-facts 3.11; messages of an ECS deployment and its rollback recorded in public).
 */
export function triggerMessage(
  identity: Identity,
  deployment: Deployment,
  triggerName: string | undefined,
  status: string,
): { subject: string; message: string } {
  const { group } = deployment.order;
  const error = errorInformation(deployment);
  const rollback = rollbackInformation(deployment);
  return {
    subject: `${status}: AWS CodeDeploy ${deployment.id} in ${identity.region} to ${group.applicationName}`,
    message: JSON.stringify({
      region: identity.region,
      accountId: identity.accountId,
      eventTriggerName: triggerName,
      applicationName: group.applicationName,
      deploymentId: deployment.id,
      deploymentGroupName: group.name,
      createTime: javaDate(deployment.createdAtMs),
      completeTime:
        deployment.completedAtMs === undefined ? null : javaDate(deployment.completedAtMs),
      ...(deployment.completed && { deploymentOverview: JSON.stringify(overview(deployment)) }),
      status,
      ...(error && {
        errorInformation: JSON.stringify({ ErrorCode: error.code, ErrorMessage: error.message }),
      }),
      ...((error || Object.keys(rollback).length > 0) && {
        rollbackInformation: JSON.stringify(rollback),
      }),
    }),
  };
}

/** Unlike the API's, without Ready. */
function overview(deployment: Deployment) {
  const { Succeeded, Failed, Skipped, InProgress, Pending } = deploymentOverview(deployment);
  return { Succeeded, Failed, Skipped, InProgress, Pending };
}

function rollbackInformation({ rollback }: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rollback)
      .map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value] as const)
      .sort(([one], [other]) => one.localeCompare(other)),
  );
}

/** `Thu Oct 13 15:50:45 UTC 2022`, as Java writes a date. */
function javaDate(ms: number): string {
  const [weekday = '', day, month, year, time] = new Date(ms).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}
