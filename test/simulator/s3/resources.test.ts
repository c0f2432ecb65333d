import { describe, expect, it } from 'vitest';
import { S3Model } from '../../../simulator/s3/model.ts';
import { s3Resources } from '../../../simulator/s3/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

describe('AWS::S3::Bucket', () => {
  const world = createTestWorld();
  const model = new S3Model(world);
  const create = (properties: unknown) =>
    createResource(s3Resources(model, world), world, 'AWS::S3::Bucket', properties);

  it('as the CDK hardens it has a lower-case generated name, versions and its addresses', async () => {
    const created = await create({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: 'true' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'x',
            Status: 'Enabled',
            ExpirationInDays: '400',
            Transitions: [
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
              { StorageClass: 'GLACIER', TransitionInDays: '90' },
            ],
            NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 7 }],
          },
        ],
        TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
      },
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(created).toMatchObject({
      physicalId: 'stack-thing-abcdef123456',
      attributes: {
        Arn: 'arn:aws:s3:::stack-thing-abcdef123456',
        RegionalDomainName: 'stack-thing-abcdef123456.s3.eu-west-1.amazonaws.com',
      },
    });
    expect(model.bucket('stack-thing-abcdef123456').versioned).toBe(true);
  });

  it.each([
    [{ NotificationConfiguration: {} }, 'NotificationConfiguration'],
    [
      {
        LifecycleConfiguration: {
          Rules: [
            { Status: 'Enabled', Transitions: [{ StorageClass: 'TAPE', TransitionInDays: 1 }] },
          ],
        },
      },
      'StorageClass',
    ],
    [
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' } },
          ],
        },
      },
      'SSEAlgorithm',
    ],
  ])('with %j is refused, naming the property', async (properties, named) => {
    await expect(create(properties)).rejects.toThrow(named);
  });

  it('policy needs its bucket', async () => {
    const policy = { Bucket: 'absent', PolicyDocument: {} };
    await expect(
      createResource(s3Resources(model, world), world, 'AWS::S3::BucketPolicy', policy),
    ).rejects.toThrow('The specified bucket does not exist');
  });
});
