import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GetGroupCommand,
  GetUserCommand,
  IAMClient,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  account,
  allow,
  iam,
  newUser,
  options,
  policy,
  startSimulator,
} from './callers-fixture.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

it('a user that is renamed and moved keeps its id, keys, policies and groups', async () => {
  const keys = await newUser('bob', allow('ecs:ListClusters'));
  await iam().send(new CreateGroupCommand({ GroupName: 'crew' }));
  await iam().send(new AddUserToGroupCommand({ GroupName: 'crew', UserName: 'bob' }));
  const { User: before } = await iam().send(new GetUserCommand({ UserName: 'bob' }));
  await iam().send(
    new UpdateUserCommand({ UserName: 'BOB', NewUserName: 'robert', NewPath: '/staff/' }),
  );
  const { User: after } = await iam().send(new GetUserCommand({ UserName: 'robert' }));
  const arn = `arn:aws:iam::${account}:user/staff/robert`;
  expect(after).toEqual({ ...before, UserName: 'robert', Path: '/staff/', Arn: arn });
  const clusters = await new ECSClient(options(keys)).send(new ListClustersCommand({}));
  expect(clusters.clusterArns).toEqual([]);
  const who = await new STSClient(options(keys)).send(new GetCallerIdentityCommand({}));
  expect(who).toMatchObject({ Arn: arn, UserId: before?.UserId });
  const groups = await iam().send(new ListGroupsForUserCommand({ UserName: 'robert' }));
  expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual(['crew']);
  await expect(iam().send(new GetUserCommand({ UserName: 'bob' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

it('a group that is renamed keeps members and policies', async () => {
  const keys = await newUser('carl');
  await iam().send(new CreateGroupCommand({ GroupName: 'Managers' }));
  await iam().send(new AddUserToGroupCommand({ GroupName: 'Managers', UserName: 'carl' }));
  const PolicyDocument = policy(allow('ecs:ListClusters'));
  await iam().send(
    new PutGroupPolicyCommand({ GroupName: 'Managers', PolicyName: 'own', PolicyDocument }),
  );
  await iam().send(new UpdateGroupCommand({ GroupName: 'Managers', NewGroupName: 'MGRs' }));
  const { Group, Users } = await iam().send(new GetGroupCommand({ GroupName: 'mgrs' }));
  expect(Group).toMatchObject({ GroupName: 'MGRs', Arn: `arn:aws:iam::${account}:group/MGRs` });
  expect(Users?.map(({ UserName }) => UserName)).toEqual(['carl']);
  await new ECSClient(options(keys)).send(new ListClustersCommand({}));
});

it('names that others have are refused, another case of the own name is not', async () => {
  await newUser('dora');
  await newUser('emil');
  const rename = (NewUserName: string) =>
    iam().send(new UpdateUserCommand({ UserName: 'dora', NewUserName }));
  await expect(rename('EMIL')).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'User with name EMIL already exists.',
  });
  await expect(rename('a b')).rejects.toMatchObject({ name: 'ValidationError' });
  await rename('Dora');
  const { User } = await iam().send(new GetUserCommand({ UserName: 'dora' }));
  expect(User?.UserName).toBe('Dora');
});

it('who renames needs the permission on both names', async () => {
  await newUser('fritz');
  const own = `arn:aws:iam::${account}:user/fritz`;
  const keys = await newUser('gerd', allow('iam:UpdateUser', [own, `${own}-2`]));
  const rename = (NewUserName: string) =>
    new IAMClient(options(keys)).send(new UpdateUserCommand({ UserName: 'fritz', NewUserName }));
  await expect(rename('hans')).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('is not authorized to perform: iam:UpdateUser on resource: '),
  });
  await rename('fritz-2');
});
