import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStack } from '../../../simulator/cloudformation/create-stack.ts';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamResources } from '../../../simulator/iam/resources.ts';
import { testWorld } from '../cloudformation/loading.ts';

let testing: ReturnType<typeof testWorld>;
let iam: IamModel;
beforeEach(() => {
  testing = testWorld();
  iam = new IamModel(testing.world);
});
afterEach(() => testing.stop());

async function deploy(Resources: object) {
  const providers = iamResources(iam);
  const source = { stackName: 'Roles', templateBody: JSON.stringify({ Resources }) };
  const planned = planStack(testing.model, providers, source, { given: {}, ssm: {} });
  return createStack(testing.model, providers, planned);
}

const document = (Action: string | string[], Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const role = (members: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      },
    },
    ...members,
  },
});

describe('IAM resources', () => {
  it('gather what a role may do from inline, attached and managed policies', async () => {
    await deploy({
      Role: role({
        RoleName: 'worker',
        Policies: [
          { PolicyName: 'Inline', PolicyDocument: document('s3:GetObject', 'arn:aws:s3:::b/*') },
        ],
      }),
      Attached: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'Attached',
          PolicyDocument: document(['sqs:SendMessage']),
          Roles: [{ Ref: 'Role' }],
        },
      },
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document('sns:Publish'), Roles: [{ Ref: 'Role' }] },
      },
    });
    const arn = 'arn:aws:iam::123456789012:role/worker';
    expect(iam.role('worker')?.arn).toBe(arn);
    // One form for readers: single values have become lists.
    expect(iam.statementsOf(arn)).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'] },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['sns:Publish'], Resource: ['*'] },
    ]);
  });

  it('name a role after stack and logical id when it has no name', async () => {
    const stack = await deploy({ WorkerRole: role() });
    const { physicalId, attributes } = stack.resources.get('WorkerRole') ?? {};
    expect(physicalId).toMatch(/^Roles-WorkerRole-[A-Z0-9]{12}$/);
    expect(attributes).toEqual({
      Arn: `arn:aws:iam::123456789012:role/${physicalId}`,
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
    });
  });

  it('refuse a second role of the same name', async () => {
    await expect(
      deploy({ One: role({ RoleName: 'same' }), Two: role({ RoleName: 'same' }) }),
    ).rejects.toThrow('Two (AWS::IAM::Role) of stack Roles: Role with name same already exists.');
  });

  it('refuse a policy statement that AWS would call malformed', async () => {
    const PolicyDocument = { Statement: [{ Effect: 'Permit', Actions: ['s3:*'], Resource: '*' }] };
    const refused = deploy({ Role: role({ Policies: [{ PolicyName: 'P', PolicyDocument }] }) });
    await expect(refused).rejects.toThrow(
      'Policies.0.PolicyDocument.Statement.0.Actions: property is not modelled',
    );
    await expect(refused).rejects.toThrow('Policies.0.PolicyDocument.Statement.0.Effect');
  });

  it('refuse a policy for a role that is not there', async () => {
    await expect(
      deploy({
        Lone: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'P', PolicyDocument: document('s3:*'), Roles: ['nobody'] },
        },
      }),
    ).rejects.toThrow('The role with name nobody cannot be found.');
  });
});
