import type { ExecutionEnded } from '../events/execution-status-change.ts';
import type { PushRecord } from '../workflow/push-record.ts';
import { alarmOf, type Notification, subjectOf } from './render-notification.ts';

/** One plain notification for an execution that ended without a deployment to tell of. */
export function renderExecutionNotification(
  { request, executionArn, error }: Pick<ExecutionEnded, 'request' | 'executionArn' | 'error'>,
  { outcome, reason, deploymentId }: Pick<PushRecord, 'outcome' | 'reason' | 'deploymentId'>,
): Notification {
  const { service, repository, tag, digest } = request;
  const lines = [
    reason,
    '',
    `Service: ${service}`,
    `Image: ${repository}:${tag} ${digest}`,
    `Outcome: ${outcome}`,
    ...(deploymentId === undefined ? [] : [`Deployment: ${deploymentId}`]),
    `Execution: ${executionArn}`,
  ];
  const alarm = alarmOf(error);
  return {
    subject: subjectOf(`${service} ${tag} ${outcome}`, alarm),
    message: lines.join('\n'),
    ...(alarm && { alarm }),
  };
}
