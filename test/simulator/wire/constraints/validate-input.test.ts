import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceName, WireService } from '../../../../simulator/wire/operation.ts';
import { serviceDescriptions } from '../../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../../simulator/wire/service-schemas.ts';
import { type SimulatedAws, simulatedAws } from '../simulated-aws.ts';
import { type Refusal, sendInput } from './send-input.ts';

/** Every operation of the service, with an operation that takes anything. */
function accepting(name: ServiceName): WireService {
  const operations = [...loadServiceSchemas(name).operations.values()].map((schema) => {
    const members = [...schema.input.structIterator()].map(([member]) => member);
    return [schema.name, { members, handle: () => ({}) }] as const;
  });
  return { name, operations: Object.fromEntries(operations) };
}

let aws: SimulatedAws;
beforeAll(async () => {
  const all = serviceDescriptions().map(({ name }) => accepting(name));
  aws = await simulatedAws(() => all, { checkResponses: false });
});
afterAll(() => aws.stop());

const refusal = (service: ServiceName, operation: string, input: object) =>
  sendInput(aws, service, operation, input);

const one = (rest: string) => `1 validation error detected: ${rest}`;

describe('a value that the model does not allow', () => {
  // The sentences as public issues quote them: CodeGenieApp/serverless-express 59 (lists of simple values),
  // aws-samples Amazon-Connect-Chat-Translate-Demo 11 (several at once, secret values left out),
  // flanksource/config-db 35 (ranges), localstack 13278 (SSM's limit).
  it.each<[ServiceName, string, object, Refusal]>([
    [
      'iam',
      'GetRole',
      { RoleName: 'r'.repeat(65) },
      {
        code: 'ValidationError',
        message: one(
          `Value '${'r'.repeat(65)}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64`,
        ),
      },
    ],
    [
      'iam',
      'CreateRole',
      { RoleName: 'a b', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 60 },
      {
        code: 'ValidationError',
        message:
          "2 validation errors detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+; Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
      },
    ],
    [
      'iam',
      'TagRole',
      {
        RoleName: 'r',
        Tags: [
          { Key: 'k', Value: 'v' },
          { Key: 'k'.repeat(129), Value: 'v' },
        ],
      },
      {
        code: 'ValidationError',
        message: one(
          `Value '${'k'.repeat(129)}' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`,
        ),
      },
    ],
    [
      'cloudformation',
      'CreateStack',
      { StackName: 's', TemplateURL: 'u', Capabilities: ['CAPABILITY_IAM', 'Other=1'] },
      {
        code: 'ValidationError',
        message: one(
          "Value '[CAPABILITY_IAM, Other=1]' at 'capabilities' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [CAPABILITY_IAM, CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND]]",
        ),
      },
    ],
    [
      'elastic-load-balancing-v2',
      'CreateTargetGroup',
      { Name: 'shop', Port: 70_000, Protocol: 'HTTPX' },
      {
        code: 'ValidationError',
        message: expect.stringMatching(
          /^2 validation errors detected: .*Value 'HTTPX' at 'protocol' failed to satisfy constraint: Member must satisfy enum value set: \[.*\].*Value '70000' at 'port' failed to satisfy constraint: Member must have value less than or equal to 65535/,
        ),
      },
    ],
    [
      'ssm',
      'GetParametersByPath',
      { Path: '/', MaxResults: 20 },
      {
        code: 'ValidationException',
        message: one(
          "Value '20' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
        ),
      },
    ],
    [
      'cloudwatch-logs',
      'CreateLogGroup',
      { logGroupName: 'a b' },
      {
        code: 'InvalidParameterException',
        message: one(
          "Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
        ),
      },
    ],
    [
      'lambda',
      'CreateFunction',
      {
        FunctionName: 'f',
        Role: 'arn:aws:iam::123456789012:role/r',
        Code: {},
        Environment: { Variables: { 'not-a-name': 'x' } },
        MemorySize: 1,
      },
      {
        code: 'ValidationException',
        message: expect.stringContaining(
          "at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
        ),
      },
    ],
    [
      'eventbridge',
      'PutEvents',
      { Entries: [] },
      {
        code: 'ValidationException',
        message: one(
          "Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
      },
    ],
    [
      'sfn',
      'SendTaskFailure',
      { taskToken: 't', cause: 'c'.repeat(32_769) },
      {
        code: 'ValidationException',
        message: one(
          "Value at 'cause' failed to satisfy constraint: Member must have length less than or equal to 32768",
        ),
      },
    ],
    [
      'ecr',
      'BatchGetImage',
      { repositoryName: 'shop', imageIds: [] },
      {
        code: 'InvalidParameterException',
        message:
          "Invalid parameter at 'imageIds' failed to satisfy constraint: 'Member must have length greater than or equal to 1'",
      },
    ],
    [
      'ec2',
      'DescribeVpcs',
      { MaxResults: 1 },
      {
        code: 'InvalidParameterValue',
        message:
          'Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
      },
    ],
    [
      'ecs',
      'RunTask',
      { taskDefinition: 'shop', launchType: 'LAMBDA' },
      {
        code: 'InvalidParameterException',
        message: 'launch type should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]',
      },
    ],
    [
      'ecs',
      'DescribeClusters',
      { include: ['TAGS', 'COLOURS'] },
      {
        code: 'InvalidParameterException',
        message: 'include should be one of [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]',
      },
    ],
    [
      'codedeploy',
      'DeleteDeploymentGroup',
      { applicationName: 'shop', deploymentGroupName: 'g'.repeat(101) },
      {
        code: 'InvalidDeploymentGroupNameException',
        message: `Deployment group name must have 1 to 100 characters: ${'g'.repeat(101)}`,
      },
    ],
  ])('is refused by %s:%s in its own words', async (service, operation, input, expected) => {
    expect(await refusal(service, operation, input)).toEqual(expected);
  });

  it('stands beside members that are missing', async () => {
    expect(await refusal('iam', 'PutRolePolicy', { RoleName: 'a b', PolicyName: 'p' })).toEqual({
      code: 'ValidationError',
      message:
        "2 validation errors detected: Value null at 'policyDocument' failed to satisfy constraint: Member must not be null; Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    });
  });
});

describe('a value is left to the operation', () => {
  it.each<[string, ServiceName, string, object]>([
    [
      'for a name that Step Functions refuses itself',
      'sfn',
      'StartExecution',
      {
        stateMachineArn: 'x',
        name: 'n'.repeat(81),
      },
    ],
    [
      'for a service that checks in its own words',
      'sqs',
      'SetQueueAttributes',
      {
        QueueUrl: 'http://127.0.0.1/123456789012/q',
        Attributes: { Color: 'blue' },
      },
    ],
    ['for an empty field of a form', 'iam', 'ListRoles', { Marker: '' }],
    [
      'for a text too long to be matched',
      'cloudformation',
      'DescribeStacks',
      {
        StackName: 's'.repeat(9_000),
      },
    ],
  ])('%s', async (_, service, operation, input) => {
    expect(await refusal(service, operation, input)).toBeUndefined();
  });
});
