import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from '@aws-sdk/client-ecr';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { account, allow, type Keys, newUser, options, startSimulator } from './callers-fixture.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

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
