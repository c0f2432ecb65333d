import {
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
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
let administrator: CloudFormationClient;
let deployer: CloudFormationClient;
let iam: IAMClient;

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const trustOf = (Service: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' },
});
const template = (Description: string) =>
  JSON.stringify({
    Resources: {
      Own: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'own',
          Description,
          AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
        },
      },
    },
  });

beforeEach(async () => {
  simulator = await createSimulator();
  ({ iam, administrator, deployer } = await deployingUser(simulator));
});
afterEach(() => simulator.stop());

const permit = (...actions: string[]) =>
  iam.send(
    new PutUserPolicyCommand({
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: policy(allow('cloudformation:*', ...actions)),
    }),
  );

const StackName = 'shop';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

async function done(): Promise<string | undefined> {
  const stack = simulator.models.cloudformation.find(StackName);
  await stack?.running;
  return stack?.status;
}
async function create(by: CloudFormationClient, RoleARN?: string) {
  const TemplateBody = template('before');
  await by.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities, RoleARN }));
  return done();
}
async function update(by: CloudFormationClient) {
  const TemplateBody = template('after');
  await by.send(new UpdateStackCommand({ StackName, TemplateBody, Capabilities }));
  return done();
}
/** The stack's last status: a deleted one is found by its id alone. */
async function remove(by: CloudFormationClient) {
  const stack = simulator.models.cloudformation.find(StackName);
  await by.send(new DeleteStackCommand({ StackName }));
  await stack?.running;
  return stack?.status;
}
async function reasonOf(status: string) {
  const { StackEvents = [] } = await administrator.send(
    new DescribeStackEventsCommand({ StackName }),
  );
  return StackEvents.find(
    ({ ResourceStatus, LogicalResourceId }) =>
      ResourceStatus === status && LogicalResourceId === 'Own',
  )?.ResourceStatusReason;
}
const role = () => simulator.models.iam.role('own');
const refused = (who: string, action: string) =>
  `${who} is not authorized to perform: ${action} on resource: role own`;
const ann = `User: arn:aws:iam::${account}:user/ann`;

describe('whoever may create and not delete', () => {
  it('keeps the resource, and deletes the stack once permitted', async () => {
    await permit('iam:CreateRole');
    expect(await create(deployer)).toBe('CREATE_COMPLETE');
    expect(await remove(deployer)).toBe('DELETE_FAILED');
    expect(await reasonOf('DELETE_FAILED')).toContain(refused(ann, 'iam:DeleteRole'));
    expect(role()).toMatchObject({ arn: `arn:aws:iam::${account}:role/own` });

    await permit('iam:DeleteRole');
    expect(await remove(deployer)).toBe('DELETE_COMPLETE');
    expect(role()).toBeUndefined();
  });

  it('is a service role as well, whatever the caller may', async () => {
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: 'cfn',
        AssumeRolePolicyDocument: JSON.stringify(trustOf('cloudformation.amazonaws.com')),
      }),
    );
    const PolicyDocument = policy(allow('iam:CreateRole'));
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'cfn', PolicyName: 'own', PolicyDocument }),
    );
    await permit('iam:*');
    expect(await create(deployer, Role?.Arn)).toBe('CREATE_COMPLETE');
    expect(await remove(deployer)).toBe('DELETE_FAILED');
    const session = `User: arn:aws:sts::${account}:assumed-role/cfn/AWSCloudFormation`;
    expect(await reasonOf('DELETE_FAILED')).toContain(refused(session, 'iam:DeleteRole'));
  });
});

describe('whoever may create and not update', () => {
  it('changes nothing, and its rollback, which updates as well, goes on once permitted', async () => {
    await permit('iam:CreateRole');
    await create(deployer);
    // "Update rollback failed" of the user guide names insufficient permissions among its causes.
    expect(await update(deployer)).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await reasonOf('UPDATE_FAILED')).toContain(refused(ann, 'iam:UpdateRole'));
    expect(role()?.description).toBe('before');

    await permit('iam:UpdateRole');
    await deployer.send(new ContinueUpdateRollbackCommand({ StackName }));
    expect(await done()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await update(deployer)).toBe('UPDATE_COMPLETE');
    expect(role()?.description).toBe('after');
  });
});

describe('the administrator', () => {
  it('updates and deletes what another made', async () => {
    await permit('iam:CreateRole');
    await create(deployer);
    expect(await update(administrator)).toBe('UPDATE_COMPLETE');
    expect(role()?.description).toBe('after');
    expect(await remove(administrator)).toBe('DELETE_COMPLETE');
  });
});
