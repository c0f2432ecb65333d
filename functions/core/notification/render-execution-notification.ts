import type { ExecutionEnded } from '../events/execution-status-change.ts';
import type { PushRecord } from '../workflow/push-record.ts';
import { asciiSubject, type Notification } from './render-notification.ts';

/** One plain notification for an execution that ended without a deployment to tell of. */
export function renderExecutionNotification(
  { request, executionArn }: Pick<ExecutionEnded, 'request' | 'executionArn'>,
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
  return {
    subject: asciiSubject(`Greengate: ${service} ${tag} ${outcome}`),
    message: lines.join('\n'),
  };
}
