import { AwsError } from '../../core/aws-error.ts';

/** A state machine's ARN, with the version or alias that it may name. */
export interface QualifiedArn {
  readonly machineArn: string;
  /** Undefined for the machine itself. */
  readonly version?: number;
  readonly alias?: string;
}

/** Throws InvalidArn for anything but a state machine, a version or an alias of one. */
export function parseMachineArn(arn: string): QualifiedArn {
  const found =
    /^(arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:/]+)(?::([A-Za-z0-9_.-]+))?$/.exec(arn);
  const [, machineArn, qualifier] = found ?? [];
  if (machineArn === undefined) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  if (qualifier === undefined) return { machineArn };
  if (/^\d+$/.test(qualifier)) return { machineArn, version: Number(qualifier) };
  return { machineArn, alias: qualifier };
}

export function doesNotExist(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}
