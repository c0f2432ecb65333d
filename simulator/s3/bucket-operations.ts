import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  DeleteBucketCommandInput,
  DeleteBucketCommandOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  ListBucketsCommandInput,
  ListBucketsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkAcl } from './bucket-access-operations.ts';
import { encodeKey } from './encode-key.ts';
import { listPage } from './list-objects.ts';
import type { S3Model } from './model.ts';

/** Operations on buckets. */
export function bucketOperations(model: S3Model, world: World): Record<string, WireOperation> {
  const region = world.identity.region;
  return {
    ListBuckets: operation<ListBucketsCommandInput, ListBucketsCommandOutput>(
      ['Prefix', 'BucketRegion'],
      ({ Prefix = '', BucketRegion = region }) => ({
        Buckets: model
          .buckets()
          .filter(({ name }) => name.startsWith(Prefix) && BucketRegion === region)
          .map(({ name, createdMs }) => ({ Name: name, CreationDate: new Date(createdMs) })),
        Owner: { ID: world.identity.accountId },
      }),
    ),
    CreateBucket: operation<CreateBucketCommandInput, CreateBucketCommandOutput>(
      ['Bucket', 'CreateBucketConfiguration', 'ACL', 'ObjectOwnership'],
      ({ Bucket = '', CreateBucketConfiguration, ACL, ObjectOwnership }) => {
        checkLocation(CreateBucketConfiguration?.LocationConstraint, region);
        checkAcl(ACL);
        const bucket = model.createBucket(Bucket, { versioned: false });
        const TagSet = CreateBucketConfiguration?.Tags ?? [];
        if (TagSet.length > 0) bucket.settings.set('BucketTagging', { TagSet });
        if (ObjectOwnership !== undefined) {
          bucket.settings.set('BucketOwnershipControls', { Rules: [{ ObjectOwnership }] });
        }
        return { Location: `/${Bucket}` };
      },
    ),
    HeadBucket: operation<HeadBucketCommandInput, HeadBucketCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => {
        model.bucket(Bucket);
        return { BucketRegion: region };
      },
    ),
    DeleteBucket: operation<DeleteBucketCommandInput, DeleteBucketCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => {
        model.deleteBucket(Bucket);
        return {};
      },
    ),
    GetBucketLocation: operation<GetBucketLocationCommandInput, GetBucketLocationCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => {
        model.bucket(Bucket);
        // The oldest Region has no name here.
        return region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-west-1' };
      },
    ),
    GetBucketVersioning: operation<
      GetBucketVersioningCommandInput,
      GetBucketVersioningCommandOutput
    >(['Bucket'], ({ Bucket = '' }) => {
      const { versioned, suspended } = model.bucket(Bucket);
      if (versioned) return { Status: 'Enabled' };
      return suspended ? { Status: 'Suspended' } : {};
    }),
    ListObjectsV2: operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>(
      [
        'Bucket',
        'Prefix',
        'Delimiter',
        'MaxKeys',
        'StartAfter',
        'ContinuationToken',
        'EncodingType',
        'FetchOwner',
      ],
      (input) => listObjects(model, world, input),
    ),
  };
}

function checkLocation(location: string | undefined, region: string): void {
  const wanted = region === 'us-east-1' ? undefined : region;
  if ((location || undefined) !== wanted) {
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${location || 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
}

function listObjects(
  model: S3Model,
  world: World,
  input: ListObjectsV2CommandInput,
): Omit<ListObjectsV2CommandOutput, '$metadata'> {
  const { Bucket = '', Prefix = '', MaxKeys = 1000, EncodingType } = input;
  const delimiter = input.Delimiter || undefined;
  if (!Number.isInteger(MaxKeys) || MaxKeys < 0) {
    throw new AwsError(
      'InvalidArgument',
      'Argument maxKeys must be an integer between 0 and 2147483647',
    );
  }
  const page = listPage(model.bucket(Bucket).current(), {
    prefix: Prefix,
    delimiter,
    maxKeys: Math.min(MaxKeys, 1000),
    startAfter: input.StartAfter || undefined,
    continuationToken: input.ContinuationToken,
  });
  const encode = (text: string) => (EncodingType === 'url' ? encodeKey(text) : text);
  return {
    Name: Bucket,
    Prefix: encode(Prefix),
    ...(delimiter ? { Delimiter: encode(delimiter) } : {}),
    ...(EncodingType ? { EncodingType } : {}),
    ...(input.StartAfter ? { StartAfter: encode(input.StartAfter) } : {}),
    ...(input.ContinuationToken ? { ContinuationToken: input.ContinuationToken } : {}),
    ...(page.nextToken ? { NextContinuationToken: page.nextToken } : {}),
    MaxKeys: Math.min(MaxKeys, 1000),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: page.nextToken !== undefined,
    Contents: page.objects.map((object) => ({
      Key: encode(object.key),
      LastModified: new Date(object.modifiedMs),
      ETag: object.etag,
      Size: object.body.length,
      StorageClass: (object.headers.storageClass ?? 'STANDARD') as 'STANDARD',
      ...(input.FetchOwner ? { Owner: { ID: world.identity.accountId } } : {}),
    })),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}
