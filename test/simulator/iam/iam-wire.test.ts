import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
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
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamWire } from '../../../simulator/iam/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';
import { arnOf, limited, rolesOf, trust } from './roles-fixture.ts';

let aws: SimulatedAws;
let iam: IAMClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [iamWire(new IamModel(world))]);
  iam = new IAMClient(aws.client);
});
afterEach(() => aws.stop());

const { createRole, putPolicy } = rolesOf(() => iam);

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
