import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import { ECSClient, ListClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const account = '123456789012';
let simulator: Simulator;

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const options = (credentials: Keys = { accessKeyId: 'me', secretAccessKey: 'me' }) => ({
  endpoint: simulator.endpoint,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials): Keys => ({
  accessKeyId: AccessKeyId ?? '',
  secretAccessKey: SecretAccessKey ?? '',
  sessionToken: SessionToken ?? '',
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const iam = () => new IAMClient(options());

async function newUser(UserName: string, ...statements: object[]): Promise<Keys> {
  await iam().send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) {
    await iam().send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: 'own',
        PolicyDocument: policy(...statements),
      }),
    );
  }
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

async function newRole(RoleName: string, trust: object, ...statements: object[]): Promise<string> {
  const { Role } = await iam().send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }),
  );
  if (statements.length > 0) {
    await iam().send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'own',
        PolicyDocument: policy(...statements),
      }),
    );
  }
  return Role?.Arn ?? '';
}
const trustAccount = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' };

async function assume(RoleArn: string, by?: Keys, more: object = {}): Promise<Keys> {
  const { Credentials } = await new STSClient(options(by)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ci', ...more }),
  );
  return keysOf(Credentials as Credentials);
}

beforeAll(async () => {
  simulator = await createSimulator();
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
      message: `User: arn:aws:iam::${account}:user/ann is not authorized to perform: SNS:ListTopics on resource: * because no identity-based policy allows the SNS:ListTopics action`,
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
    const keys = await newUser('bea', allow('iam:GetUser'));
    const { User } = await new IAMClient(options(keys)).send(new GetUserCommand({}));
    expect(User?.UserName).toBe('bea');
    await expect(iam().send(new GetUserCommand({}))).rejects.toMatchObject({
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

describe('AssumeRole', () => {
  it('needs the trust of the role, whatever the caller may do', async () => {
    const arn = await newRole('for-ecs', {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    await expect(assume(arn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(assume(`arn:aws:iam::${account}:role/none`)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('trust in the account still needs a permission, trust in the user does not', async () => {
    const keys = await newUser('eve');
    const delegated = await newRole('delegated', trustAccount);
    await expect(assume(delegated, keys)).rejects.toThrow(
      `is not authorized to perform: sts:AssumeRole on resource: ${delegated} because no identity-based policy allows the sts:AssumeRole action`,
    );
    const direct = await newRole('direct', {
      ...trustAccount,
      Principal: { AWS: `arn:aws:iam::${account}:user/eve` },
      Condition: { StringEquals: { 'sts:ExternalId': 'x1' } },
    });
    await expect(assume(direct, keys)).rejects.toMatchObject({ name: 'AccessDenied' });
    const session = await assume(direct, keys, { ExternalId: 'x1' });
    const who = await new STSClient(options(session)).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe(`arn:aws:sts::${account}:assumed-role/direct/ci`);
  });

  it('a session policy and a boundary only take away, each named in the denial', async () => {
    const arn = await newRole('limited', trustAccount, allow(['ecs:*', 'ecr:*']));
    const session = await assume(arn, undefined, { Policy: policy(allow('ecs:*')) });
    const repositories = (by: Keys) =>
      new ECRClient(options(by)).send(new DescribeRepositoriesCommand({}));
    const denied = `User: arn:aws:sts::${account}:assumed-role/limited/ci is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:${account}:repository/*`;
    await expect(repositories(session)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `${denied} because no session policy allows the ecr:DescribeRepositories action`,
    });
    const { Policy } = await iam().send(
      new CreatePolicyCommand({
        PolicyName: 'edge',
        PolicyDocument: policy(allow('ecs:*'), {
          Effect: 'Deny',
          Action: 'ecs:ListTasks',
          Resource: '*',
        }),
      }),
    );
    await iam().send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: 'limited',
        PermissionsBoundary: Policy?.Arn,
      }),
    );
    const bounded = await assume(arn);
    await expect(repositories(bounded)).rejects.toThrow(
      `${denied} because no permissions boundary allows the ecr:DescribeRepositories action`,
    );
    await expect(new ECSClient(options(bounded)).send(new ListTasksCommand({}))).rejects.toThrow(
      'with an explicit deny in a permissions boundary',
    );
  });
});

describe('AssumeRoleWithWebIdentity', () => {
  const host = 'token.actions.githubusercontent.com';
  const token = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify({ iss: `https://${host}`, aud: 'sts.amazonaws.com', ...claims })).toString('base64url')}.c2ln`;
  const enter = (RoleArn: string, claims: object) =>
    new STSClient(options()).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn,
        RoleSessionName: 'run',
        WebIdentityToken: token(claims),
      }),
    );

  it('takes tokens of registered providers whose claims the trust policy allows', async () => {
    const RoleArn = await newRole('github', {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${host}:sub`]: 'repo:acme/shop:*' },
      },
    });
    const sub = 'repo:acme/shop:ref:refs/heads/main';
    await expect(enter(RoleArn, { sub })).rejects.toMatchObject({
      name: 'InvalidIdentityTokenException',
      message: `No OpenIDConnect provider found in your account for https://${host}`,
    });
    await iam().send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${host}`,
        ClientIDList: ['sts.amazonaws.com'],
      }),
    );
    const { AssumedRoleUser, SubjectFromWebIdentityToken } = await enter(RoleArn, { sub });
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/github/run`);
    expect(SubjectFromWebIdentityToken).toBe(sub);
    await expect(enter(RoleArn, { sub: 'repo:other/shop:main' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    });
    await expect(enter(RoleArn, { sub, aud: 'elsewhere' })).rejects.toThrow(
      'Incorrect token audience',
    );
    await expect(enter(RoleArn, { sub, exp: 1 })).rejects.toThrow('Token expired');
  });
});

describe('denials', () => {
  it('EC2, SQS and S3 have words of their own', async () => {
    const keys = await newUser('fay', allow('s3:GetObject', 'arn:aws:s3:::fays/*'));
    const user = `User: arn:aws:iam::${account}:user/fay is not authorized to perform:`;
    await expect(
      new EC2Client(options(keys)).send(new DescribeVpcsCommand({})),
    ).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: `You are not authorized to perform this operation. ${user} ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action`,
    });
    await expect(
      new SQSClient(options(keys)).send(new CreateQueueCommand({ QueueName: 'q' })),
    ).rejects.toThrow(`${user} sqs:createqueue on resource: arn:aws:sqs:us-east-1:${account}:q`);
    const s3 = (by?: Keys) => new S3Client({ ...options(by), forcePathStyle: true });
    await s3().send(new CreateBucketCommand({ Bucket: 'fays' }));
    await s3().send(new PutObjectCommand({ Bucket: 'fays', Key: 'a', Body: 'x' }));
    const got = await s3(keys).send(new GetObjectCommand({ Bucket: 'fays', Key: 'a' }));
    expect(await got.Body?.transformToString()).toBe('x');
    await expect(
      s3(keys).send(new PutObjectCommand({ Bucket: 'fays', Key: 'a', Body: 'y' })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `${user} s3:PutObject on resource: "arn:aws:s3:::fays/a" because no identity-based policy allows the s3:PutObject action`,
    });
    // Who may not list a bucket is not told that a key is missing.
    await expect(
      s3(keys).send(new GetObjectCommand({ Bucket: 'fays', Key: 'none' })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  });

  it('tags of the request and of the resource decide', async () => {
    const own = '$' + '{aws:username}';
    const keys = await newUser(
      'gus',
      {
        ...allow('ecr:CreateRepository'),
        Condition: { StringEquals: { 'aws:RequestTag/team': own } },
      },
      {
        ...allow('ecr:DescribeRepositories'),
        Condition: { StringEquals: { 'aws:ResourceTag/Team': own } },
      },
    );
    const ecr = new ECRClient(options(keys));
    const create = (repositoryName: string, Value: string) =>
      ecr.send(new CreateRepositoryCommand({ repositoryName, tags: [{ Key: 'team', Value }] }));
    await expect(create('his', 'ann')).rejects.toThrow('because no identity-based policy allows');
    const { repository } = await create('his', 'gus');
    expect(repository?.repositoryName).toBe('his');
    const read = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['his'] }));
    expect(read.repositories).toHaveLength(1);
    await new ECRClient(options()).send(new CreateRepositoryCommand({ repositoryName: 'hers' }));
    await expect(
      ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['hers'] })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
  });
});
