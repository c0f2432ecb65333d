import type { IgnoredEvent } from './image-push.ts';
import { MemberReader } from './member-reader.ts';
import { codeDeployNameRule, deploymentIdRule, eventIdRule } from './text-rules.ts';

/** States of the event; the API has other words for them (aws-facts 3.11). */
export const deploymentEventStates = ['START', 'SUCCESS', 'FAILURE', 'STOP', 'READY'] as const;

export type DeploymentEventState = (typeof deploymentEventStates)[number];

/** A deployment changed its state; why, only GetDeployment knows. */
export interface DeploymentStateChange {
  readonly kind: 'state-change';
  readonly eventId: string;
  readonly deploymentId: string;
  readonly state: DeploymentEventState;
  readonly application: string;
  readonly deploymentGroup: string;
}

/**
 * Reads a `CodeDeploy Deployment State-change Notification` (aws-facts 3.11). Throws InvalidEventError
 * that names everything that is wrong.
 */
export function parseDeploymentStateChange(event: unknown): DeploymentStateChange | IgnoredEvent {
  const what = 'the event as a CodeDeploy deployment state change';
  const envelope = MemberReader.of(event);
  const eventId = envelope.text('id', eventIdRule);
  const source = envelope.text('source');
  const detailType = envelope.text('detail-type');
  envelope.finish(what);
  if (
    source !== 'aws.codedeploy' ||
    detailType !== 'CodeDeploy Deployment State-change Notification'
  ) {
    const reason = `The event is "${detailType}" of ${source}, not a deployment state change`;
    return { kind: 'ignored', eventId, reason };
  }
  const detail = envelope.members('detail');
  const change = {
    kind: 'state-change',
    eventId,
    deploymentId: detail.text('deploymentId', deploymentIdRule),
    state: detail.text('state', stateRule) as DeploymentEventState,
    application: detail.text('application', codeDeployNameRule),
    deploymentGroup: detail.text('deploymentGroup', codeDeployNameRule),
  } as const;
  envelope.finish(what);
  return change;
}

const stateRule = {
  pattern: new RegExp(`^(?:${deploymentEventStates.join('|')})$`),
  expected: `one of ${deploymentEventStates.join(', ')}`,
};
