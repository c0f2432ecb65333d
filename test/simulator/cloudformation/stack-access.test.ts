import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { deployingUser } from './deploying-user.ts';

const account = '123456789012';
let simulator: Simulator;
let deployer: CloudFormationClient;
let iam: IAMClient;
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const queueTemplate = JSON.stringify({
  Resources: { Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } },
});
const roleTemplate = JSON.stringify({
  Resources: {
    Own: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'own',
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
  },
});

beforeEach(async () => {
  simulator = await createSimulator();
  ({ iam, deployer } = await deployingUser(simulator));
});
afterEach(() => simulator.stop());

const permit = (...statements: object[]) =>
  iam.send(
    new PutUserPolicyCommand({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policy(allow('cloudformation:*'), ...statements),
    }),
  );

async function serviceRole(service: string, ...statements: object[]): Promise<string> {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'cfn', AssumeRolePolicyDocument: policy(trust) }),
  );
  const PolicyDocument = policy(...statements);
  await iam.send(new PutRolePolicyCommand({ RoleName: 'cfn', PolicyName: 'own', PolicyDocument }));
  return Role?.Arn ?? '';
}

async function create(TemplateBody = queueTemplate, RoleARN?: string) {
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  await deployer.send(
    new CreateStackCommand({ StackName: 'shop', TemplateBody, RoleARN, Capabilities }),
  );
  const { cloudformation } = simulator.models;
  await cloudformation.find('shop')?.running;
  const { StackEvents = [] } = await deployer.send(
    new DescribeStackEventsCommand({ StackName: 'shop' }),
  );
  return {
    status: cloudformation.find('shop')?.status,
    reason: StackEvents.find(
      ({ ResourceStatus, LogicalResourceId }) =>
        ResourceStatus === 'CREATE_FAILED' && LogicalResourceId !== 'shop',
    )?.ResourceStatusReason,
  };
}

describe('a stack without a service role', () => {
  it('may no more than its caller', async () => {
    await permit();
    const { status, reason } = await create();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reason).toContain(
      `User: arn:aws:iam::${account}:user/ann is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:us-east-1:${account}:orders`,
    );
  });

  it('is called via CloudFormation, which policies can ask for', async () => {
    const via = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } };
    await permit(allow('sqs:*', { Condition: via }));
    expect(await create()).toEqual({ status: 'CREATE_COMPLETE', reason: undefined });
  });
});

describe('a stack with a service role', () => {
  it('may what the role may, whatever its caller may', async () => {
    await permit(allow('iam:PassRole'));
    const role = await serviceRole('cloudformation.amazonaws.com', allow('sqs:*'));
    expect(await create(queueTemplate, role)).toEqual({
      status: 'CREATE_COMPLETE',
      reason: undefined,
    });
  });

  it('makes roles only if the role may', async () => {
    await permit(allow('iam:*'));
    const role = await serviceRole('cloudformation.amazonaws.com', allow('sqs:*'));
    expect((await create(roleTemplate, role)).reason).toContain(
      `User: arn:aws:sts::${account}:assumed-role/cfn/AWSCloudFormation is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${account}:role/own`,
    );
  });

  it('is refused when its caller may not pass the role, or it does not trust CloudFormation', async () => {
    await permit();
    const role = await serviceRole('lambda.amazonaws.com', allow('sqs:*'));
    await expect(create(queueTemplate, role)).rejects.toThrow(
      `is not authorized to perform: iam:PassRole on resource: ${role}`,
    );
    await permit(allow('iam:PassRole'));
    await expect(create(queueTemplate, role)).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Role ${role} is invalid or cannot be assumed`,
    });
  });
});
