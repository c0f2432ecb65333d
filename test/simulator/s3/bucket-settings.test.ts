import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketPolicyCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type HeadBucketCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type TransitionDefaultMinimumObjectSize,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Wire } from '../../../simulator/s3/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let s3: S3Client;
const Bucket = 'records';

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const model = new S3Model(world);
    model.createBucket(Bucket, { versioned: false });
    return [s3Wire(model, world)];
  });
  s3 = new S3Client(aws.client);
});
afterEach(() => aws.stop());

const shown = async <T extends { $metadata: unknown }>(answer: Promise<T>) => {
  const { $metadata: _, ...rest } = await answer;
  return rest;
};

describe('a new bucket, as Terraform reads it', () => {
  it.each([
    ['policy', GetBucketPolicyCommand, 'NoSuchBucketPolicy'],
    ['CORS', GetBucketCorsCommand, 'NoSuchCORSConfiguration'],
    ['website', GetBucketWebsiteCommand, 'NoSuchWebsiteConfiguration'],
    ['lifecycle', GetBucketLifecycleConfigurationCommand, 'NoSuchLifecycleConfiguration'],
    ['replication', GetBucketReplicationCommand, 'ReplicationConfigurationNotFoundError'],
    ['object lock', GetObjectLockConfigurationCommand, 'ObjectLockConfigurationNotFoundError'],
    ['tags', GetBucketTaggingCommand, 'NoSuchTagSet'],
  ])('has no %s: 404', async (_, Command, name) => {
    await expect(s3.send(new Command({ Bucket }) as never)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('has the defaults of AWS', async () => {
    const get = (command: object) => shown(s3.send(command as never));
    expect(await get(new GetBucketEncryptionCommand({ Bucket }))).toEqual({
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            BucketKeyEnabled: false,
          },
        ],
      },
    });
    expect(await get(new GetPublicAccessBlockCommand({ Bucket }))).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(await get(new GetBucketOwnershipControlsCommand({ Bucket }))).toEqual({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(await get(new GetBucketAclCommand({ Bucket }))).toMatchObject({
      Owner: { ID: '111122223333' },
      Grants: [{ Permission: 'FULL_CONTROL' }],
    });
    expect(await get(new GetBucketRequestPaymentCommand({ Bucket }))).toEqual({
      Payer: 'BucketOwner',
    });
    for (const command of [
      new GetBucketLoggingCommand({ Bucket }),
      new GetBucketAccelerateConfigurationCommand({ Bucket }),
      new GetBucketVersioningCommand({ Bucket }),
    ]) {
      expect(await get(command)).toEqual({});
    }
  });
});

describe('configurations of a bucket', () => {
  it('come back as they were put, and go when they are deleted', async () => {
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 3 }];
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect(await shown(s3.send(new GetBucketCorsCommand({ Bucket })))).toEqual({ CORSRules });
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchCORSConfiguration',
    });
  });

  it('of lifecycle keep the size from which objects move', async () => {
    const Rules = [
      {
        ID: 'old',
        Status: 'Enabled' as const,
        Filter: { Prefix: 'logs/' },
        Expiration: { Days: 3 },
      },
    ];
    const put = (TransitionDefaultMinimumObjectSize?: TransitionDefaultMinimumObjectSize) => {
      const LifecycleConfiguration = { Rules };
      const input = { Bucket, LifecycleConfiguration, TransitionDefaultMinimumObjectSize };
      return shown(s3.send(new PutBucketLifecycleConfigurationCommand(input)));
    };
    const get = () => shown(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
    for (const given of ['varies_by_storage_class', undefined] as const) {
      const kept = given ?? 'all_storage_classes_128K';
      expect(await put(given)).toEqual({ TransitionDefaultMinimumObjectSize: kept });
      expect(await get()).toEqual({ Rules, TransitionDefaultMinimumObjectSize: kept });
    }
  });

  it('of encryption go back to the default', async () => {
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }];
    const ServerSideEncryptionConfiguration = { Rules };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    const get = async () =>
      (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration
        ?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    expect(await get()).toBe('aws:kms');
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect(await get()).toBe('AES256');
  });

  it('of public access and tags are replaced as a whole', async () => {
    const PublicAccessBlockConfiguration = { BlockPublicAcls: false };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(block.PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: false });
    for (const Value of ['a', 'b']) {
      const Tagging = { TagSet: [{ Key: 'team', Value }] };
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
    }
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    expect(TagSet).toEqual([{ Key: 'team', Value: 'b' }]);
  });

  it('of versioning are Enabled and Suspended', async () => {
    for (const Status of ['Enabled', 'Suspended'] as const) {
      const VersioningConfiguration = { Status };
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(Status);
    }
  });

  it('policies are kept as text', async () => {
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toThrow(
      'The bucket policy does not exist',
    );
  });

  it.each([
    [new PutBucketPolicyCommand({ Bucket, Policy: 'x' }), 'MalformedPolicy'],
    [new PutBucketAclCommand({ Bucket, ACL: 'public-read' }), 'AccessControlListNotSupported'],
    [
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
      'NotImplemented',
    ],
    [
      new CreateBucketCommand({ Bucket: 'other', ACL: 'public-read' }),
      'AccessControlListNotSupported',
    ],
    [new GetBucketCorsCommand({ Bucket: 'absent' }), 'NoSuchBucket'],
    [new GetBucketCorsCommand({ Bucket, ExpectedBucketOwner: '999999999999' }), 'AccessDenied'],
  ])('are refused where they must be (%#)', async (command, name) => {
    await expect(s3.send(command as HeadBucketCommand)).rejects.toMatchObject({ name });
  });
});
