import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import { defaultRetryPolicy, type RuleTarget } from './rule.ts';
import { inputPathParts } from './target-input.ts';

const modelledMembers = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'DeadLetterConfig',
  'RetryPolicy',
]);
const modelledServices = ['lambda', 'sqs', 'sns', 'states'];

/** Checks a target; one that the simulator cannot serve is refused by name. */
export function readTarget(target: Target): RuleTarget {
  const { Id = '', Arn = '', RoleArn, Input, InputPath, DeadLetterConfig, RetryPolicy } = target;
  const invalid = (message: string) => new AwsError('ValidationException', message);
  const unknown = Object.entries(target).find(
    ([member, value]) => value !== undefined && !modelledMembers.has(member),
  );
  if (unknown) {
    throw invalid(`The simulator does not model ${unknown[0]} of target ${Id}`);
  }
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Id)) throw invalid(`Target id is not valid: ${Id}`);
  const service = Arn.split(':')[2] ?? '';
  if (!modelledServices.includes(service)) {
    throw invalid(`The simulator delivers to ${modelledServices.join(', ')} only, not to ${Arn}`);
  }
  if (service === 'states' && !RoleArn) throw invalid(`RoleArn is required for target ${Arn}.`);
  if (Input !== undefined && InputPath !== undefined) {
    throw invalid(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    );
  }
  if (Input !== undefined) requireJson(Input, Id);
  if (InputPath !== undefined) inputPathParts(InputPath);
  const policy = {
    maximumRetryAttempts:
      RetryPolicy?.MaximumRetryAttempts ?? defaultRetryPolicy.maximumRetryAttempts,
    maximumEventAgeSeconds:
      RetryPolicy?.MaximumEventAgeInSeconds ?? defaultRetryPolicy.maximumEventAgeSeconds,
  };
  if (policy.maximumRetryAttempts < 0 || policy.maximumRetryAttempts > 185) {
    throw invalid(`MaximumRetryAttempts must be 0 to 185, not ${policy.maximumRetryAttempts}`);
  }
  if (policy.maximumEventAgeSeconds < 60 || policy.maximumEventAgeSeconds > 86_400) {
    throw invalid(
      `MaximumEventAgeInSeconds must be 60 to 86400, not ${policy.maximumEventAgeSeconds}`,
    );
  }
  return {
    id: Id,
    arn: Arn,
    ...policy,
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    ...(Input === undefined ? {} : { input: Input }),
    ...(InputPath === undefined ? {} : { inputPath: InputPath }),
    ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
  };
}

/** The same in the API's shape. */
export function targetShape(target: RuleTarget): Target {
  const { maximumRetryAttempts: attempts, maximumEventAgeSeconds: age } = target;
  const isDefault =
    attempts === defaultRetryPolicy.maximumRetryAttempts &&
    age === defaultRetryPolicy.maximumEventAgeSeconds;
  return {
    Id: target.id,
    Arn: target.arn,
    ...(target.roleArn === undefined ? {} : { RoleArn: target.roleArn }),
    ...(target.input === undefined ? {} : { Input: target.input }),
    ...(target.inputPath === undefined ? {} : { InputPath: target.inputPath }),
    ...(target.deadLetterArn === undefined
      ? {}
      : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    ...(isDefault
      ? {}
      : { RetryPolicy: { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } }),
  };
}

function requireJson(text: string, targetId: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError(
      'ValidationException',
      `JSON syntax error in input for target ${targetId}: ${text}`,
    );
  }
}
