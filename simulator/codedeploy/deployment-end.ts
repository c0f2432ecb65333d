import type { AutoRollbackEvent, ErrorCode } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

/** Why a deployment ended without success (aws-facts 3.2); thrown through the phases that it cuts short. */
export class DeploymentEnd extends Error {
  override readonly name = 'DeploymentEnd';
  readonly status: 'Failed' | 'Stopped';
  readonly code: ErrorCode | undefined;
  readonly rollbackEvent: AutoRollbackEvent;
  /** What StopDeployment asked for; undefined leaves it to the configuration. */
  readonly rollbackWanted: boolean | undefined;

  constructor(
    status: 'Failed' | 'Stopped',
    code: ErrorCode | undefined,
    message: string,
    options: { rollbackEvent?: AutoRollbackEvent; rollbackWanted?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.rollbackEvent = options.rollbackEvent ?? 'DEPLOYMENT_FAILURE';
    this.rollbackWanted = options.rollbackWanted;
  }
}

export function failed(code: ErrorCode, message: string): DeploymentEnd {
  return new DeploymentEnd('Failed', code, message);
}

/** What any failure of a phase means for the deployment; AWS's own refusals are those of the balancer or of ECS. */
export function asEnd(error: unknown): DeploymentEnd {
  if (error instanceof DeploymentEnd) return error;
  if (!(error instanceof AwsError)) {
    const message = error instanceof Error ? error.message : String(error);
    return failed('INTERNAL_ERROR', message);
  }
  return /Listener|Rule|TargetGroup/.test(error.code)
    ? failed(
        'ELASTIC_LOAD_BALANCING_INVALID',
        `The ELB could not be updated due to the following error: ${error.message}`,
      )
    : failed(
        'ECS_UPDATE_ERROR',
        `The ECS service cannot be updated due to the following error: ${error.message}`,
      );
}

/** The simulator ends: a running deployment is dropped where it is, without any further sign. */
export class SimulationStopped extends Error {
  override readonly name = 'SimulationStopped';
}
