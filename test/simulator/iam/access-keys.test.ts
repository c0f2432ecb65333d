import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  DeleteAccessKeyCommand,
  GetUserCommand,
  IAMClient,
  ListMFADevicesCommand,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  account,
  allow,
  assume,
  iam,
  type Keys,
  keysOf,
  newRole,
  newUser,
  options,
  policy,
  startSimulator,
  trustAccount,
} from './callers-fixture.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

describe('access keys', () => {
  it('a user acts as himself, with what his policies and his groups allow', async () => {
    const keys = await newUser('ann', allow('ecs:ListClusters'));
    await iam().send(new CreateGroupCommand({ GroupName: 'readers' }));
    await iam().send(
      new PutGroupPolicyCommand({
        GroupName: 'readers',
        PolicyName: 'sns',
        PolicyDocument: policy(allow('SNS:List*')),
      }),
    );
    const topics = () => new SNSClient(options(keys)).send(new ListTopicsCommand({}));
    await expect(topics()).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: SNS:ListTopics on resource: arn:aws:sns:us-east-1:${account}:* because no identity-based policy allows the SNS:ListTopics action`,
    });
    await iam().send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'ann' }));
    expect((await topics()).Topics).toEqual([]);
    const clusters = await new ECSClient(options(keys)).send(new ListClustersCommand({}));
    expect(clusters.clusterArns).toEqual([]);
    const who = await new STSClient(options(keys)).send(new GetCallerIdentityCommand({}));
    expect(who).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/ann`,
      UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
    });
  });

  it('GetUser without a name is the caller, and not every caller is a user', async () => {
    const own = (by?: Keys) => new IAMClient(options(by)).send(new GetUserCommand({}));
    const { User } = await own(await newUser('bea', allow('iam:GetUser')));
    expect(User?.UserName).toBe('bea');
    // Ansible's lambda_event learns its account this way.
    expect(await own()).toMatchObject({ User: { Arn: `arn:aws:iam::${account}:user/rehearsal` } });
    const { MFADevices } = await iam().send(new ListMFADevicesCommand({}));
    expect(MFADevices).toEqual([]);
    const session = await assume(await newRole('asks', trustAccount, allow('iam:GetUser')));
    await expect(own(session)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    });
  });

  it('a deleted key is no longer known, in the words of each protocol', async () => {
    const keys = await newUser('cat', allow('*'));
    await iam().send(
      new DeleteAccessKeyCommand({ UserName: 'cat', AccessKeyId: keys.accessKeyId }),
    );
    const gone = options(keys);
    const text = 'The security token included in the request is invalid.';
    await expect(new ECSClient(gone).send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: text,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(new STSClient(gone).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: text,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(new EC2Client(gone).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
      $metadata: { httpStatusCode: 401 },
    });
    await expect(
      new S3Client({ ...gone, forcePathStyle: true }).send(
        new GetObjectCommand({ Bucket: 'none', Key: 'k' }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidAccessKeyId', $metadata: { httpStatusCode: 403 } });
  });

  it('a session ends, and is of no use without its token', async () => {
    const arn = await newRole('short', trustAccount, allow('ecs:*'));
    const keys = await assume(arn, undefined, { DurationSeconds: 900 });
    const list = (by: Keys) => new ECSClient(options(by)).send(new ListClustersCommand({}));
    expect((await list(keys)).clusterArns).toEqual([]);
    const { sessionToken: _, ...bare } = keys;
    await expect(list(bare)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const { clock } = simulator.world;
    await clock.advanceTo(clock.now() + 901_000);
    await expect(list(keys)).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
  });

  it("the administrator's session token may do all, a user's what he may", async () => {
    const session = async (by?: Keys) => {
      const { Credentials } = await new STSClient(options(by)).send(new GetSessionTokenCommand({}));
      return options(keysOf(Credentials as Credentials));
    };
    const own = await session();
    expect((await new SNSClient(own).send(new ListTopicsCommand({}))).Topics).toEqual([]);
    const keys = await newUser('dan');
    const his = await session(keys);
    await expect(new SNSClient(his).send(new ListTopicsCommand({}))).rejects.toThrow(
      `User: arn:aws:iam::${account}:user/dan is not authorized`,
    );
  });
});
