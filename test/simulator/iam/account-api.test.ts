import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  DeleteInstanceProfileCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteServiceLinkedRoleCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  GetUserCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListEntitiesForPolicyCommand,
  ListInstanceProfilesForRoleCommand,
  ListInstanceProfileTagsCommand,
  ListMFADevicesCommand,
  ListPolicyTagsCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListVirtualMFADevicesCommand,
  PutUserPermissionsBoundaryCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  TagPolicyCommand,
  UntagInstanceProfileCommand,
  UntagPolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
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

const PolicyArn = 'arn:aws:iam::111122223333:policy/limits';
const createPolicy = () =>
  iam.send(
    new CreatePolicyCommand({
      PolicyName: 'limits',
      PolicyDocument: JSON.stringify({
        Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
      }),
      Tags: [{ Key: 'team', Value: 'shop' }],
    }),
  );
const createRole = (RoleName: string) =>
  iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      }),
    }),
  );

describe('managed policies', () => {
  it('carry tags', async () => {
    await createPolicy();
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'env', Value: 'prod' }] }));
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['team'] }));
    const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn }));
    expect(Tags).toEqual([{ Key: 'env', Value: 'prod' }]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy?.Tags).toEqual(Tags);
  });

  it('name those who have them, as permissions or as boundary', async () => {
    await createPolicy();
    await createRole('tasks');
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'tasks', PolicyArn }));
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ann', PermissionsBoundary: PolicyArn }),
    );
    const all = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    expect(all.PolicyUsers).toEqual([{ UserName: 'ann', UserId: User?.UserId }]);
    expect(all.PolicyRoles?.map(({ RoleName }) => RoleName)).toEqual(['tasks']);
    const boundaries = await iam.send(
      new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' }),
    );
    expect([boundaries.PolicyUsers?.length, boundaries.PolicyRoles]).toEqual([1, []]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount]).toEqual([1, 1]);
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ann' }));
    const { User: freed } = await iam.send(new GetUserCommand({ UserName: 'ann' }));
    expect(freed?.PermissionsBoundary).toBeUndefined();
  });

  it.each([
    ['AmazonECS_FullAccess', 'ecs:*'],
    ['PowerUserAccess', 'organizations:*'],
    ['ReadOnlyAccess', 'ecs:Describe'],
    ['AmazonEC2ContainerRegistryPullOnly', 'ecr:BatchImportUpstreamImage'],
    ['service-role/AmazonEC2ContainerServiceforEC2Role', 'ecs:Submit'],
  ])('of AWS are held: %s', async (name, part) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
    );
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain(part);
  });
});

describe('service-linked roles', () => {
  const create = () =>
    iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));

  it('have the path, name and policy of their service, once', async () => {
    const { Role } = await create();
    expect(Role?.Arn).toBe(
      'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
    );
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidInputException',
      message:
        'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
    });
  });

  it('are changed by nobody, and deleted by a task', async () => {
    await create();
    const RoleName = 'AWSServiceRoleForECS';
    const protectedRole = {
      name: 'UnmodifiableEntityException',
      message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
    };
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(
      protectedRole,
    );
    await createPolicy();
    const attaching = iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(attaching).rejects.toMatchObject(protectedRole);
    const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
    const { Status } = await iam.send(
      new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }),
    );
    expect(Status).toBe('SUCCEEDED');
    await create();
  });
});

describe('the account', () => {
  it('has one alias at most', async () => {
    const aliases = async () =>
      (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases ?? [];
    expect(await aliases()).toEqual([]);
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'shop-prod' }));
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'shop-live' }));
    expect(await aliases()).toEqual(['shop-live']);
    await expect(
      iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'shop-prod' })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('counts what it has, and shows it with its policies', async () => {
    await createPolicy();
    await createRole('tasks');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'tasks', PolicyArn }));
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({
      Roles: 1,
      Users: 0,
      Policies: 1,
      VersionsPerPolicyQuota: 5,
    });
    const details = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'LocalManagedPolicy'] }),
    );
    expect(details.RoleDetailList).toMatchObject([
      { RoleName: 'tasks', AttachedManagedPolicies: [{ PolicyName: 'limits', PolicyArn }] },
    ]);
    expect(details.Policies?.map(({ Arn }) => Arn)).toEqual([PolicyArn]);
    expect(details.UserDetailList).toEqual([]);
  });
});

it('an instance profile holds one role, which it keeps from being deleted', async () => {
  await createRole('web');
  await createRole('other');
  const InstanceProfileName = 'web';
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  const add = (RoleName: string) =>
    iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  await add('web');
  await expect(add('other')).rejects.toMatchObject({ name: 'LimitExceededException' });
  const { InstanceProfiles } = await iam.send(
    new ListInstanceProfilesForRoleCommand({ RoleName: 'web' }),
  );
  expect(InstanceProfiles?.map(({ Arn }) => Arn)).toEqual([
    'arn:aws:iam::111122223333:instance-profile/web',
  ]);
  await expect(iam.send(new DeleteRoleCommand({ RoleName: 'web' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  });
  const deleting = iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  await expect(deleting).rejects.toMatchObject({ name: 'DeleteConflictException' });
  await iam.send(
    new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: 'web' }),
  );
  await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new DeleteRoleCommand({ RoleName: 'web' }));
});

it('an instance profile is tagged as Terraform does it, after its creation', async () => {
  const InstanceProfileName = 'web';
  const Tags = [{ Key: 'team', Value: 'shop' }];
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Tags }));
  const cost = { Key: 'cost', Value: '42' };
  await iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: [cost] }));
  await iam.send(new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['team'] }));
  const kept = await iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName }));
  expect(kept.Tags).toEqual([cost]);
});

it('a role keeps its description while its duration changes, and the duration only when given', async () => {
  await createRole('web');
  const RoleName = 'web';
  const described = new UpdateRoleDescriptionCommand({ RoleName, Description: 'serves' });
  expect((await iam.send(described)).Role).toMatchObject({ RoleName, Description: 'serves' });
  const role = async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    return [Role?.Description, Role?.MaxSessionDuration];
  };
  await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }));
  expect(await role()).toEqual(['serves', 7_200]);
  await iam.send(new UpdateRoleCommand({ RoleName, Description: 'waits' }));
  expect(await role()).toEqual(['waits', 3_600]);
});

it('a user has no credentials but access keys, as Terraform asks before it destroys one', async () => {
  const UserName = 'ann';
  await iam.send(new CreateUserCommand({ UserName }));
  const keys = await iam.send(new ListSSHPublicKeysCommand({ UserName }));
  expect(keys.SSHPublicKeys).toEqual([]);
  const certificates = await iam.send(new ListSigningCertificatesCommand({ UserName }));
  expect(certificates.Certificates).toEqual([]);
  expect((await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices).toEqual([]);
  expect((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices).toEqual([]);
  const specific = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName }));
  expect(specific.ServiceSpecificCredentials).toEqual([]);
  for (const command of [
    new GetLoginProfileCommand({ UserName }),
    new DeleteLoginProfileCommand({ UserName }),
  ]) {
    await expect(iam.send(command as never)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'Login Profile for User ann cannot be found.',
    });
  }
  const nobody = new ListSSHPublicKeysCommand({ UserName: 'nobody' });
  await expect(iam.send(nobody)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
