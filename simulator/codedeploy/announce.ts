import type { TriggerEventType } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Deployment } from './deployment.ts';
import { deploymentOverview } from './deployment-overview.ts';
import { errorInformation } from './error-information.ts';
import { applicationArn, deploymentGroupArn } from './resource-arn.ts';

/** The states of events are other words than the API's statuses (aws-facts 3.11). */
const eventStates: Readonly<Record<string, string>> = {
  InProgress: 'START',
  Ready: 'READY',
  Succeeded: 'SUCCESS',
  Failed: 'FAILURE',
  Stopped: 'STOP',
};

const triggers: Readonly<Record<string, { event: TriggerEventType; status: string }>> = {
  InProgress: { event: 'DeploymentStart', status: 'CREATED' },
  Ready: { event: 'DeploymentReady', status: 'READY' },
  Succeeded: { event: 'DeploymentSuccess', status: 'SUCCEEDED' },
  Failed: { event: 'DeploymentFailure', status: 'FAILED' },
  Stopped: { event: 'DeploymentStop', status: 'ABORTED' },
};

/** Tells EventBridge and the group's SNS triggers about the status a deployment has just taken. */
export function announce(world: World, deployment: Deployment): void {
  const state = eventStates[deployment.status];
  if (state === undefined) return;
  const { group } = deployment.order;
  const { applicationName, name, id } = group;
  world.services.events.publish({
    source: 'aws.codedeploy',
    detailType: 'CodeDeploy Deployment State-change Notification',
    resources: [
      applicationArn(world.identity, applicationName),
      deploymentGroupArn(world.identity, applicationName, name),
    ],
    detail: {
      region: world.identity.region,
      deploymentId: deployment.id,
      instanceGroupId: id,
      deploymentGroup: name,
      state,
      application: applicationName,
    },
  });
  const trigger = triggers[deployment.status];
  if (trigger) publishTriggers(world, deployment, trigger.event, trigger.status);
}

/** Nested members are JSON strings inside the JSON message (3.11); a role that may not publish is silent. */
function publishTriggers(
  world: World,
  deployment: Deployment,
  event: TriggerEventType,
  status: string,
): void {
  const { group, creator } = deployment.order;
  const events = creator === 'codeDeployRollback' ? [event, 'DeploymentRollback'] : [event];
  for (const { triggerName, triggerTargetArn, triggerEvents } of group.triggers) {
    const wanted = (triggerEvents ?? []).some((wantedEvent) => events.includes(wantedEvent));
    if (!triggerTargetArn || !wanted) continue;
    const error = errorInformation(deployment);
    if (!deployment.role.ask('sns:Publish', triggerTargetArn).allowed) continue;
    notify(world, triggerTargetArn, {
      subject: `${status}: AWS CodeDeploy ${deployment.id} in ${world.identity.region} to ${group.applicationName}`,
      message: JSON.stringify({
        region: world.identity.region,
        accountId: world.identity.accountId,
        eventTriggerName: triggerName,
        applicationName: group.applicationName,
        deploymentId: deployment.id,
        deploymentGroupName: group.name,
        createTime: new Date(deployment.createdAtMs).toUTCString(),
        completeTime:
          deployment.completedAtMs === undefined
            ? null
            : new Date(deployment.completedAtMs).toUTCString(),
        status,
        ...(deployment.completed && {
          deploymentOverview: JSON.stringify(deploymentOverview(deployment)),
        }),
        ...(error && {
          errorInformation: JSON.stringify({ ErrorCode: error.code, ErrorMessage: error.message }),
        }),
        ...(Object.keys(deployment.rollback).length > 0 && {
          rollbackInformation: JSON.stringify(deployment.rollback),
        }),
      }),
    });
  }
}

/** A topic that is gone must not end the deployment. */
function notify(world: World, topicArn: string, message: { subject: string; message: string }) {
  try {
    world.services.sns.publish(topicArn, message);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}
