import { AwsError } from '../../core/aws-error.ts';

/** A state machine's ARN, with the version or alias that it may name. */
export interface QualifiedArn {
  readonly machineArn: string;
  /** Undefined for the machine itself. */
  readonly version?: number;
  readonly alias?: string;
  /** Of a distributed Map state in the machine. */
  readonly label?: string;
}

/** Throws InvalidArn for anything but a state machine, or a version, an alias or a Map state of one. */
export function parseMachineArn(arn: string): QualifiedArn {
  const found =
    /^(arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:/]+)(?:\/([^:]+)|:([A-Za-z0-9_.-]+))?$/.exec(
      arn,
    );
  const [, machineArn, label, qualifier] = found ?? [];
  if (machineArn === undefined) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  if (label !== undefined) return { machineArn, label };
  if (qualifier === undefined) return { machineArn };
  if (/^\d+$/.test(qualifier)) return { machineArn, version: Number(qualifier) };
  return { machineArn, alias: qualifier };
}

export function doesNotExist(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** Only DescribeStateMachine takes the ARN of a Map state (API reference of each operation). */
export function refuseMapState(arn: string): void {
  if (parseMachineArn(arn).label === undefined) return;
  throw new AwsError(
    'ValidationException',
    `'${arn}' refers to a Distributed Map state, which this operation does not take`,
  );
}
