import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  NoSuchEntityException,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamWire } from '../../../simulator/iam/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let iam: IAMClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [iamWire(new IamModel(world))]);
  iam = new IAMClient(aws.client);
});
afterEach(() => aws.stop());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['ecs-tasks.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
});
const createRole = (RoleName: string, AssumeRolePolicyDocument = trust) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
const putPolicy = (RoleName: string, PolicyName: string, Statement: readonly object[]) =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName,
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
const arnOf = (role: string) => `arn:aws:iam::111122223333:role/${role}`;
const limited = 'arn:aws:iam::aws:policy/AWSCodeDeployRoleForECSLimited';

describe('roles', () => {
  it('a role is read back with its trust policy as it was written, URL-encoded', async () => {
    await createRole('tasks');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'tasks' }));
    expect(Role).toMatchObject({
      Arn: arnOf('tasks'),
      Path: '/',
      MaxSessionDuration: 3600,
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
    });
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  });

  it('an unknown role is NoSuchEntity with status 404', async () => {
    const reading = iam.send(new GetRoleCommand({ RoleName: 'none' }));
    await expect(reading).rejects.toBeInstanceOf(NoSuchEntityException);
    await expect(reading).rejects.toMatchObject({
      message: 'The role with name none cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    ['broken JSON', '{', 'MalformedPolicyDocumentException'],
    [
      'no principal',
      '{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}',
      'MalformedPolicyDocumentException',
    ],
  ])('a trust policy with %s is refused', async (_case, text, code) => {
    await expect(createRole('tasks', text)).rejects.toMatchObject({ name: code });
  });

  it('a role is created once, and deleted only without policies', async () => {
    await createRole('tasks');
    await expect(createRole('tasks')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'tasks', PolicyArn: limited }));
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'tasks' }));
    await expect(remove()).rejects.toMatchObject({ name: 'DeleteConflictException' });
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'tasks', PolicyArn: limited }));
    await remove();
    expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
  });

  it('roles are listed in pages', async () => {
    for (const name of ['c', 'a', 'b']) await createRole(name);
    const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
    expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
    expect(first.IsTruncated).toBe(true);
    const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));
    expect(second.Roles?.map(({ RoleName }) => RoleName)).toEqual(['c']);
    expect(second.IsTruncated).toBe(false);
  });
});

describe('policies of a role', () => {
  it('inline ones are listed by name and read one by one', async () => {
    await createRole('tasks');
    const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: "arn:aws:s3:::it's*" }];
    await putPolicy('tasks', 'reads', Statement);
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName: 'tasks' }));
    expect(PolicyNames).toEqual(['reads']);
    const { PolicyDocument = '' } = await iam.send(
      new GetRolePolicyCommand({ RoleName: 'tasks', PolicyName: 'reads' }),
    );
    expect(PolicyDocument).toMatch(/%27s%2A/);
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual({
      Version: '2012-10-17',
      Statement,
    });
  });

  it('managed ones are attached by ARN, those of AWS included', async () => {
    await createRole('deploys');
    const document = { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'own', PolicyDocument: JSON.stringify(document) }),
    );
    for (const PolicyArn of [limited, Policy?.Arn]) {
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'deploys', PolicyArn }));
    }
    const { AttachedPolicies } = await iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName: 'deploys' }),
    );
    expect(AttachedPolicies).toEqual([
      { PolicyName: 'AWSCodeDeployRoleForECSLimited', PolicyArn: limited },
      { PolicyName: 'own', PolicyArn: 'arn:aws:iam::111122223333:policy/own' },
    ]);
    const described = await iam.send(new GetPolicyCommand({ PolicyArn: Policy?.Arn }));
    expect(described.Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 1 });
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: Policy?.Arn, VersionId: 'v1' }),
    );
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toEqual(document);
  });

  it('a policy of AWS that is not held is refused with a hint', async () => {
    await createRole('tasks');
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonRDSFullAccess';
    await expect(
      iam.send(new AttachRolePolicyCommand({ RoleName: 'tasks', PolicyArn })),
    ).rejects.toThrow(/does not exist or is not attachable.*fidelity/);
  });
});

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
