import type { TriggerEventType } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Deployment } from './deployment.ts';
import { applicationArn, deploymentGroupArn } from './resource-arn.ts';
import { triggerMessage } from './trigger-message.ts';

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
  if (world.settings.rollbackEvents || deployment.order.creator !== 'codeDeployRollback') {
    publishEvent(world, deployment, state);
  }
  const trigger = triggers[deployment.status];
  if (trigger) publishTriggers(world, deployment, trigger.event, trigger.status);
}

function publishEvent(world: World, deployment: Deployment, state: string): void {
  const { applicationName, name, id } = deployment.order.group;
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
}

/**
 * The group's triggers for this status. A rollback that begins is told of twice: as a start, and as
 * IN_PROGRESS to those who asked for rollbacks (messages of an ECS deployment recorded in public).
 */
function publishTriggers(
  world: World,
  deployment: Deployment,
  event: TriggerEventType,
  status: string,
): void {
  const { group, creator } = deployment.order;
  const begun = deployment.status === 'InProgress' && creator === 'codeDeployRollback';
  const due: readonly (readonly [TriggerEventType, string])[] = [
    [event, status],
    ...(begun ? ([['DeploymentRollback', 'IN_PROGRESS']] as const) : []),
  ];
  for (const [dueEvent, dueStatus] of due) {
    for (const { triggerName, triggerTargetArn, triggerEvents } of group.triggers) {
      if (!triggerTargetArn || !(triggerEvents ?? []).includes(dueEvent)) continue;
      // A role that may not publish is silent.
      if (!deployment.role.ask('sns:Publish', triggerTargetArn).allowed) continue;
      notify(
        world,
        triggerTargetArn,
        triggerMessage(world.identity, deployment, triggerName, dueStatus),
      );
    }
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
