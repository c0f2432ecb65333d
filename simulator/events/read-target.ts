import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import { checkInputTransformer } from './input-transformer.ts';
import { readEventPath } from './json-path.ts';
import { defaultRetryPolicy, type RuleTarget } from './rule.ts';

const modelledMembers = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'DeadLetterConfig',
  'RetryPolicy',
]);
const modelledServices = ['lambda', 'sqs', 'sns', 'states', 'logs', 'events'];

/** Checks a target; one that the simulator cannot serve is refused by name. */
export function readTarget(target: Target): RuleTarget {
  const { Id = '', Arn = '', RoleArn, DeadLetterConfig, RetryPolicy } = target;
  // Terraform sends empty strings for what is unset.
  const Input = target.Input || undefined;
  const InputPath = target.InputPath || undefined;
  const { InputTransformer } = target;
  const invalid = (message: string) => new AwsError('ValidationException', message);
  const unknown = Object.entries(target).find(
    ([member, value]) => value !== undefined && !modelledMembers.has(member),
  );
  if (unknown) {
    throw notModelled(`Member ${unknown[0]} of target ${Id}`);
  }
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Id)) throw invalid(`Target id is not valid: ${Id}`);
  const service = Arn.split(':')[2] ?? '';
  if (!modelledServices.includes(service)) {
    if (!/^arn:[\w-]+:[\w-]+:/.test(Arn)) {
      throw invalid(`Parameter Arn is not valid. Reason: Provided Arn is not in correct format.`);
    }
    throw notModelled(`Target ${Arn} (events go to ${modelledServices.join(', ')})`);
  }
  if (service === 'sqs' && Arn.endsWith('.fifo')) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
  if (service === 'states' && !RoleArn) throw invalid(`RoleArn is required for target ${Arn}.`);
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1) {
    throw invalid(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`,
    );
  }
  if (Input !== undefined) requireJson(Input, Id);
  if (InputPath !== undefined) readEventPath(InputPath, `target ${Id}`);
  if (InputTransformer) checkInputTransformer(InputTransformer, Id);
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
    ...(InputTransformer && { inputTransformer: InputTransformer }),
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
    ...(target.inputTransformer && { InputTransformer: target.inputTransformer }),
    ...(target.deadLetterArn === undefined
      ? {}
      : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    ...(isDefault
      ? {}
      : { RetryPolicy: { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } }),
  };
}

function notModelled(subject: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `${subject} is not simulated; simulator/COVERAGE.md lists what is`,
  );
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
