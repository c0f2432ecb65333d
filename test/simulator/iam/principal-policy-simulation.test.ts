import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamWire } from '../../../simulator/iam/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';
import { arnOf, limited, rolesOf } from './roles-fixture.ts';

let aws: SimulatedAws;
let iam: IAMClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [iamWire(new IamModel(world))]);
  iam = new IAMClient(aws.client);
});
afterEach(() => aws.stop());

const { createRole, putPolicy } = rolesOf(() => iam);

describe('SimulatePrincipalPolicy', () => {
  const simulate = async (
    role: string,
    action: string,
    resource: string,
    more: Partial<SimulatePrincipalPolicyCommandInput> = {},
  ) => {
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arnOf(role),
        ActionNames: [action],
        ResourceArns: [resource],
        ...more,
      }),
    );
    return EvaluationResults[0];
  };
  const hook = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

  it('the Limited policy of CodeDeploy invokes functions named CodeDeployHook_ only', async () => {
    await createRole('deploys');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'deploys', PolicyArn: limited }));
    const invoke = 'lambda:InvokeFunction';
    expect(await simulate('deploys', invoke, hook('CodeDeployHook_Greengate_X'))).toEqual({
      EvalActionName: invoke,
      EvalResourceName: hook('CodeDeployHook_Greengate_X'),
      EvalDecision: 'allowed',
      MatchedStatements: [
        { SourcePolicyId: 'AWSCodeDeployRoleForECSLimited', SourcePolicyType: 'aws-managed' },
      ],
      MissingContextValues: [],
    });
    expect(await simulate('deploys', invoke, hook('my-hook'))).toMatchObject({
      EvalDecision: 'implicitDeny',
    });
  });

  it('passing a role needs the service it is passed to, which a missing context reports', async () => {
    await createRole('deploys');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'deploys', PolicyArn: limited }));
    const pass = 'iam:PassRole';
    const role = arnOf('ecsTaskExecutionRole');
    expect(await simulate('deploys', pass, role)).toMatchObject({
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['iam:PassedToService'],
    });
    const ContextEntries = [
      {
        ContextKeyName: 'iam:passedtoservice',
        ContextKeyValues: ['ecs-tasks.amazonaws.com'],
        ContextKeyType: 'string' as const,
      },
    ];
    expect(await simulate('deploys', pass, role, { ContextEntries })).toMatchObject({
      EvalDecision: 'allowed',
    });
    expect(await simulate('deploys', pass, arnOf('other'), { ContextEntries })).toMatchObject({
      EvalDecision: 'implicitDeny',
    });
  });

  it('an explicit deny wins over an allow and names its policy', async () => {
    await createRole('tasks');
    await putPolicy('tasks', 'all', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    await putPolicy('tasks', 'not-this', [
      {
        Effect: 'Deny',
        Action: 'secretsmanager:Get*',
        Resource: 'arn:aws:secretsmanager:*:*:secret:prod/*',
      },
    ]);
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret';
    expect(
      await simulate('tasks', 'secretsmanager:getsecretvalue', `${arn}:prod/db-AbCdEf`),
    ).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'not-this', SourcePolicyType: 'role' }],
    });
    expect(
      await simulate('tasks', 'secretsmanager:GetSecretValue', `${arn}:dev/db-AbCdEf`),
    ).toMatchObject({ EvalDecision: 'allowed' });
  });

  it('several resources share the result of an action, and each is decided in it', async () => {
    await createRole('tasks');
    await putPolicy('tasks', 'read', [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' },
    ]);
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arnOf('tasks'),
        ActionNames: ['s3:GetObject'],
        ResourceArns: ['arn:aws:s3:::a/x', 'arn:aws:s3:::b/x'],
      }),
    );
    expect(answer.EvaluationResults).toMatchObject([
      {
        EvalActionName: 's3:GetObject',
        ResourceSpecificResults: [
          { EvalResourceName: 'arn:aws:s3:::a/x', EvalResourceDecision: 'allowed' },
          { EvalResourceName: 'arn:aws:s3:::b/x', EvalResourceDecision: 'implicitDeny' },
        ],
      },
    ]);
  });

  it('actions are answered in pages', async () => {
    await createRole('tasks');
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arnOf('tasks'),
        ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        ResourceArns: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'],
        MaxItems: 2,
      }),
    );
    expect(answer.EvaluationResults).toHaveLength(2);
    expect(answer.IsTruncated).toBe(true);
  });

  it('a resource policy is refused by name, as only identity policies are modelled', async () => {
    await createRole('tasks');
    await expect(simulate('tasks', 's3:GetObject', '*', { ResourcePolicy: '{}' })).rejects.toThrow(
      /ResourcePolicy/,
    );
  });

  it('a user is asked with its groups, and a group alone', async () => {
    const statement = (Action: string) =>
      JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
    const member = { UserName: 'ann', GroupName: 'team' };
    await iam.send(new CreateUserCommand(member));
    await iam.send(new CreateGroupCommand(member));
    await iam.send(new AddUserToGroupCommand(member));
    const of = (action: string) => ({ PolicyName: 'own', PolicyDocument: statement(action) });
    await iam.send(new PutUserPolicyCommand({ ...member, ...of('s3:GetObject') }));
    await iam.send(new PutGroupPolicyCommand({ ...member, ...of('s3:PutObject') }));
    const ask = async (entity: string) => {
      const { EvaluationResults = [] } = await iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::111122223333:${entity}`,
          ActionNames: ['s3:GetObject', 's3:PutObject'],
        }),
      );
      return EvaluationResults.map(({ EvalDecision, MatchedStatements }) => [
        EvalDecision,
        MatchedStatements?.[0]?.SourcePolicyType,
      ]);
    };
    expect(await ask('user/ann')).toEqual([
      ['allowed', 'user'],
      ['allowed', 'group'],
    ]);
    expect(await ask('group/team')).toEqual([
      ['implicitDeny', undefined],
      ['allowed', 'group'],
    ]);
  });

  it("a role's boundary limits what its policies allow, and tells so", async () => {
    await createRole('bounded');
    await putPolicy('bounded', 'all', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const PolicyDocument = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
      ],
    });
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument }),
    );
    const PermissionsBoundary = Policy?.Arn;
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary }),
    );
    for (const [action, EvalDecision] of [
      ['s3:GetObject', 'allowed'],
      ['s3:DeleteObject', 'explicitDeny'],
      ['sqs:SendMessage', 'implicitDeny'],
    ] as const) {
      const AllowedByPermissionsBoundary = EvalDecision === 'allowed';
      expect(await simulate('bounded', action, '*')).toMatchObject({
        EvalDecision,
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary },
      });
    }
  });

  it('an unknown principal is NoSuchEntity', async () => {
    await expect(simulate('none', 's3:GetObject', '*')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});
