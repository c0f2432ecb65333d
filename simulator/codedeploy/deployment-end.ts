import type { AutoRollbackEvent, ErrorCode } from '@aws-sdk/client-codedeploy';

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

/** The simulator ends: a running deployment is dropped where it is, without any further sign. */
export class SimulationStopped extends Error {
  override readonly name = 'SimulationStopped';
}
