import type { ExecutionEnded } from '../events/execution-status-change.ts';
import type { PushRecord } from '../workflow/push-record.ts';
import { alarmOf, type Notification, subjectOf } from './render-notification.ts';

/** One plain notification for an execution that ended without a deployment to tell of. */
export function renderExecutionNotification(
  { request, executionArn, error }: Pick<ExecutionEnded, 'request' | 'executionArn' | 'error'>,
  {
    outcome,
    reason,
    deploymentId,
    error: deploymentError,
  }: Pick<PushRecord, 'outcome' | 'reason' | 'deploymentId'> & {
    /** Of a deployment that tells of its end in no other way. */
    readonly error?: string;
  },
): Notification {
  const { service } = request;
  const release = 'asked' in request ? request.asked : request.tag;
  const lines = [
    reason,
    '',
    `Service: ${service}`,
    'asked' in request
      ? `Asked for by hand: ${request.asked}`
      : `Image: ${request.repository}:${request.tag} ${request.digest}`,
    `Outcome: ${outcome}`,
    ...(deploymentId === undefined ? [] : [`Deployment: ${deploymentId}`]),
    `Execution: ${executionArn}`,
  ];
  const alarm = alarmOf(deploymentError ?? error);
  return {
    subject: subjectOf(`${service} ${release} ${outcome}`, alarm),
    message: lines.join('\n'),
    ...(alarm && { alarm }),
  };
}
