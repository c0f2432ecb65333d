import type { ServiceDeployment } from '../ports/service-deployments.ts';

const endings = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];
const leaving = ['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'];

type Status = Pick<ServiceDeployment, 'status'>;

/** A rollback is part of the service deployment that it rolls back, so its end is the end (aws-facts 2.9). */
export function isRolloutOver({ status }: Status): boolean {
  return endings.includes(status);
}

/** Whether it goes back already, or is about to. */
export function isRolloutLeaving({ status }: Status): boolean {
  return leaving.includes(status);
}

/** Whether it still goes forward. */
export function isRollingOut(rollout: Status): boolean {
  return !isRolloutOver(rollout) && !isRolloutLeaving(rollout);
}

/** The id at the end of the ARN, which names the rollout in records and messages. */
export function rolloutId({ arn }: Pick<ServiceDeployment, 'arn'>): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
