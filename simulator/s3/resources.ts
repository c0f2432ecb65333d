import { z } from 'zod';
import {
  cfnBoolean,
  cfnJson,
  cfnJsonOrText,
  cfnNumber,
  cfnTags,
} from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { S3Model } from './model.ts';

const storageClass = z.enum([
  'DEEP_ARCHIVE',
  'GLACIER',
  'GLACIER_IR',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'STANDARD_IA',
]);

const lifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().optional(),
  ExpirationInDays: cfnNumber.optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: cfnNumber }).optional(),
  NoncurrentVersionExpiration: z
    .strictObject({ NoncurrentDays: cfnNumber, NewerNoncurrentVersions: cfnNumber.optional() })
    .optional(),
  NoncurrentVersionExpirationInDays: cfnNumber.optional(),
  ExpiredObjectDeleteMarker: cfnBoolean.optional(),
  TagFilters: cfnTags,
  Transitions: z
    .array(z.strictObject({ StorageClass: storageClass, TransitionInDays: cfnNumber.optional() }))
    .optional(),
  NoncurrentVersionTransitions: z
    .array(
      z.strictObject({
        StorageClass: storageClass,
        TransitionInDays: cfnNumber,
        NewerNoncurrentVersions: cfnNumber.optional(),
      }),
    )
    .optional(),
});

const encryptionRule = z.strictObject({
  BucketKeyEnabled: cfnBoolean.optional(),
  ServerSideEncryptionByDefault: z.strictObject({
    SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
    KMSMasterKeyID: z.string().optional(),
  }),
});

/** Encryption, access blocks, lifecycle and logging are accepted: within a rehearsal they change nothing. */
const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  AccessControl: z.enum(['Private', 'BucketOwnerFullControl', 'LogDeliveryWrite']).optional(),
  BucketEncryption: z
    .strictObject({ ServerSideEncryptionConfiguration: z.array(encryptionRule) })
    .optional(),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: cfnBoolean.optional(),
      BlockPublicPolicy: cfnBoolean.optional(),
      IgnorePublicAcls: cfnBoolean.optional(),
      RestrictPublicBuckets: cfnBoolean.optional(),
    })
    .optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(lifecycleRule),
      TransitionDefaultMinimumObjectSize: z
        .enum(['all_storage_classes_128K', 'varies_by_storage_class'])
        .optional(),
    })
    .optional(),
  LoggingConfiguration: z
    .strictObject({
      DestinationBucketName: z.string().optional(),
      LogFilePrefix: z.string().optional(),
    })
    .optional(),
  CorsConfiguration: z
    .strictObject({
      CorsRules: z.array(
        z.strictObject({
          Id: z.string().optional(),
          AllowedHeaders: z.array(z.string()).optional(),
          AllowedMethods: z.array(z.string()),
          AllowedOrigins: z.array(z.string()),
          ExposedHeaders: z.array(z.string()).optional(),
          MaxAge: cfnNumber.optional(),
        }),
      ),
    })
    .optional(),
  OwnershipControls: z
    .strictObject({ Rules: z.array(z.strictObject({ ObjectOwnership: z.string() })) })
    .optional(),
  Tags: cfnTags,
});

const bucketPolicyProperties = z.strictObject({
  Bucket: z.string(),
  PolicyDocument: cfnJsonOrText(cfnJson),
});

export function s3Resources(model: S3Model, world: World): ResourceProviders {
  return {
    'AWS::S3::Bucket': resource(
      bucketProperties,
      (properties, context) => {
        const name = properties.BucketName ?? context.generatedName(63).toLowerCase();
        const versioned = properties.VersioningConfiguration?.Status === 'Enabled';
        model.createBucket(name, { versioned });
        keepTags(model, name, properties.Tags);
        keepCors(model, name, properties.CorsConfiguration);
        const { region } = world.identity;
        return {
          physicalId: name,
          attributes: {
            Arn: `arn:aws:s3:::${name}`,
            DomainName: `${name}.s3.amazonaws.com`,
            DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
            RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
            WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
          },
        };
      },
      {
        replacedBy: ['BucketName'],
        nameProperty: 'BucketName',
        update({ physicalId, properties, next }) {
          const status = next.VersioningConfiguration?.Status;
          if (status !== properties.VersioningConfiguration?.Status) {
            model.bucket(physicalId).versioned = status === 'Enabled';
          }
          keepTags(model, physicalId, next.Tags);
          keepCors(model, physicalId, next.CorsConfiguration);
          return undefined;
        },
        delete: ({ physicalId }) => model.deleteBucket(physicalId),
      },
    ),
    'AWS::S3::BucketPolicy': resource(
      bucketPolicyProperties,
      ({ Bucket, PolicyDocument }) => {
        model.bucket(Bucket).policy = JSON.stringify(PolicyDocument);
        return { physicalId: Bucket };
      },
      {
        replacedBy: ['Bucket'],
        update({ physicalId, next }) {
          model.bucket(physicalId).policy = JSON.stringify(next.PolicyDocument);
          return undefined;
        },
        delete({ physicalId }) {
          model.bucket(physicalId).policy = undefined;
        },
      },
    ),
  };
}

/** The record that GetBucketCors reads, in the API's names. */
function keepCors(
  model: S3Model,
  name: string,
  cors: z.output<typeof bucketProperties>['CorsConfiguration'],
): void {
  const CORSRules = cors?.CorsRules.map(({ Id, ExposedHeaders, MaxAge, ...rule }) => ({
    ...rule,
    ...(Id !== undefined && { ID: Id }),
    ...(ExposedHeaders && { ExposeHeaders: ExposedHeaders }),
    ...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
  }));
  model.bucket(name).settings.set('BucketCors', CORSRules && { CORSRules });
}

/** The record that GetBucketTagging reads; a bucket without tags has none. */
function keepTags(model: S3Model, name: string, TagSet: readonly object[] = []): void {
  model.bucket(name).settings.set('BucketTagging', TagSet.length > 0 ? { TagSet } : undefined);
}
