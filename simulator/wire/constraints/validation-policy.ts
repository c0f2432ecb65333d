import type { ServiceName } from '../operation.ts';
import type { ConstraintRule } from './violations.ts';

/** How a service words what it refuses. */
export type ValidationForm =
  /** `1 validation error detected: Value 'x' at 'y' failed to satisfy constraint: Member must …`, all at once. */
  | 'framework'
  /** `Invalid parameter at 'y' failed to satisfy constraint: 'Member must …'`. */
  | 'ecr'
  /** `Value (x) for parameter y is invalid. …` */
  | 'ec2'
  /** CodeDeploy has an exception per member; only names that are too long are told before. */
  | 'codedeploy'
  /** `y should be one of [A,B]` */
  | 'ecs';

export interface ValidationPolicy {
  readonly form: ValidationForm;
  readonly rules: readonly ConstraintRule[];
  /**
   * Members (`name`, `Operation.name` or `Operation.*`, the first of a path) that the operation itself
   * checks, in words of its own that were observed; and why.
   */
  readonly leftToOperation: Readonly<Record<string, string>>;
}

const all: readonly ConstraintRule[] = ['enum', 'length', 'range', 'pattern', 'items'];

const framework: ValidationPolicy = { form: 'framework', rules: all, leftToOperation: {} };

/**
 * What is checked before an operation sees its input. Services that are not here check in their own words
 * only: S3 (InvalidBucketName and the like), SNS (`Invalid parameter: …`) and SQS. A pattern that is stricter than the service is left to the operation.
 */
const policies: Readonly<Partial<Record<ServiceName, ValidationPolicy>>> = {
  acm: framework,
  'application-auto-scaling': framework,
  cloudformation: {
    ...framework,
    leftToOperation: {
      TemplateBody: 'the message repeats the beginning of the template only',
      StackName: 'names and ARNs of stacks have rules of their own',
    },
  },
  cloudwatch: {
    ...framework,
    leftToOperation: {
      'PutMetricData.*': 'answers InvalidParameterValue in words of its own',
    },
  },
  'cloudwatch-logs': framework,
  codedeploy: { form: 'codedeploy', rules: ['length'], leftToOperation: {} },
  ec2: { form: 'ec2', rules: ['enum', 'range'], leftToOperation: {} },
  ecr: {
    form: 'ecr',
    rules: all,
    leftToOperation: {
      repositoryName: 'the message quotes the expression: must satisfy regular expression',
    },
  },
  ecs: {
    form: 'ecs',
    rules: ['enum', 'items'],
    leftToOperation: {
      'RegisterTaskDefinition.*': 'answers ClientException in words of its own',
    },
  },
  'elastic-load-balancing-v2': framework,
  eventbridge: framework,
  iam: framework,
  lambda: framework,
  'secrets-manager': {
    ...framework,
    leftToOperation: {
      ClientRequestToken: 'InvalidParameterException in words of its own',
      Name: 'InvalidParameterException in words of its own',
    },
  },
  servicediscovery: framework,
  sfn: {
    ...framework,
    leftToOperation: {
      name: 'InvalidName',
      definition: 'InvalidDefinition',
      input: 'InvalidExecutionInput',
      roleArn: 'InvalidArn',
      executionArn: 'InvalidArn',
      stateMachineArn: 'InvalidArn',
      stateMachineVersionArn: 'InvalidArn',
      stateMachineAliasArn: 'InvalidArn',
      activityArn: 'InvalidArn',
      mapRunArn: 'InvalidArn',
      resourceArn: 'InvalidArn',
      taskToken: 'InvalidToken',
      output: 'InvalidOutput',
      nextToken: 'InvalidToken',
    },
  },
  ssm: framework,
  sts: framework,
};

export function validationPolicy(service: ServiceName): ValidationPolicy | undefined {
  return policies[service];
}

/** Whether the operation checks the member itself. */
export function isLeftToOperation(
  { leftToOperation }: ValidationPolicy,
  operation: string,
  member: string,
): boolean {
  return [member, `${operation}.${member}`, `${operation}.*`].some((name) =>
    Object.hasOwn(leftToOperation, name),
  );
}
