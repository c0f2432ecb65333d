import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetGroupCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListRolesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  account,
  allow,
  type Keys,
  newUser,
  options,
  policy,
  startSimulator,
} from './callers-fixture.ts';

let ivy: Keys | undefined;
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

describe('denials of IAM itself', () => {
  const named = (it: string) => `on resource: ${it} because no identity-based policy allows the`;
  it.each([
    ['GetRole', new GetRoleCommand({ RoleName: 'r' }), 'role r'],
    ['GetUser', new GetUserCommand({ UserName: 'ann' }), 'user ann'],
    ['GetUser', new GetUserCommand({}), 'user ivy'],
    ['GetGroup', new GetGroupCommand({ GroupName: 'g' }), 'group g'],
    [
      'GetInstanceProfile',
      new GetInstanceProfileCommand({ InstanceProfileName: 'p' }),
      'instance profile p',
    ],
    [
      'GetPolicy',
      new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS' }),
      'policy arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS',
    ],
    [
      'CreatePolicy',
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: policy(allow('s3:*')) }),
      'policy p',
    ],
    [
      'CreateRole',
      new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: policy(), Path: '/a/' }),
      `arn:aws:iam::${account}:role/a/r`,
    ],
    ['ListRoles', new ListRolesCommand({}), `arn:aws:iam::${account}:role/`],
    ['ListUsers', new ListUsersCommand({ PathPrefix: '/x/' }), `arn:aws:iam::${account}:user/x/`],
  ])('iam:%s names its resource as AWS does', async (action, command, resource) => {
    ivy ??= await newUser('ivy');
    await expect(new IAMClient(options(ivy)).send(command as never)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/ivy is not authorized to perform: iam:${action} ${named(resource)} iam:${action} action`,
    });
  });

  it('tags at a creation are named by ARN', async () => {
    const keys = await newUser('joe', allow('iam:CreateRole'));
    const create = new CreateRoleCommand({
      RoleName: 'tagged',
      AssumeRolePolicyDocument: policy(),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    await expect(new IAMClient(options(keys)).send(create)).rejects.toThrow(
      `iam:TagRole on resource: arn:aws:iam::${account}:role/tagged because`,
    );
  });

  it('without a name a user works on itself, and its policy may say so', async () => {
    const own = '$' + '{aws:username}';
    const keys = await newUser('kim', allow('iam:*AccessKey*', `arn:aws:iam::*:user/${own}`));
    const client = new IAMClient(options(keys));
    const { AccessKeyMetadata } = await client.send(new ListAccessKeysCommand({}));
    expect(AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId)).toEqual([keys.accessKeyId]);
    await expect(client.send(new ListAccessKeysCommand({ UserName: 'ivy' }))).rejects.toThrow(
      'iam:ListAccessKeys on resource: user ivy because',
    );
  });
});

describe('denials', () => {
  it('lists of topics and state machines name all of the Region', async () => {
    const keys = await newUser('lea');
    await expect(new SNSClient(options(keys)).send(new ListTopicsCommand({}))).rejects.toThrow(
      `SNS:ListTopics on resource: arn:aws:sns:us-east-1:${account}:* because`,
    );
    const states = new SFNClient(options(keys));
    await expect(states.send(new ListStateMachinesCommand({}))).rejects.toThrow(
      `states:ListStateMachines on resource: arn:aws:states:us-east-1:${account}:stateMachine:*`,
    );
  });

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
        ...allow(['ecr:CreateRepository', 'ecr:TagResource']),
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
