import type {
  DeleteBucketPolicyCommandInput,
  DeleteBucketPolicyCommandOutput,
  GetBucketAclCommandInput,
  GetBucketAclCommandOutput,
  GetBucketNotificationConfigurationCommandInput,
  GetBucketNotificationConfigurationCommandOutput,
  GetBucketPolicyCommandInput,
  GetBucketPolicyCommandOutput,
  GetBucketPolicyStatusCommandInput,
  GetBucketPolicyStatusCommandOutput,
  GetObjectAclCommandInput,
  GetObjectAclCommandOutput,
  PutBucketAclCommandInput,
  PutBucketAclCommandOutput,
  PutBucketNotificationConfigurationCommandInput,
  PutBucketNotificationConfigurationCommandOutput,
  PutBucketPolicyCommandInput,
  PutBucketPolicyCommandOutput,
  PutBucketVersioningCommandInput,
  PutBucketVersioningCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { hasSoundStatements } from '../iam/resource-policy-texts.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { S3Model } from './model.ts';
import { requireVersion } from './require-version.ts';

/** Policies, access control lists, versioning and notifications of buckets. */
export function bucketAccessOperations(
  model: S3Model,
  world: World,
): Record<string, WireOperation> {
  const policyOf = (name: string): string => {
    const { policy } = model.bucket(name);
    if (policy !== undefined) return policy;
    throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
      status: 404,
      members: { BucketName: name },
    });
  };
  const ID = world.identity.accountId;
  // With BucketOwnerEnforced, as all new buckets have it, the owner holds everything.
  const ownersAcl = () => ({
    Owner: { ID },
    Grants: [
      { Grantee: { ID, Type: 'CanonicalUser' as const }, Permission: 'FULL_CONTROL' as const },
    ],
  });
  return {
    GetBucketPolicy: operation<GetBucketPolicyCommandInput, GetBucketPolicyCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => ({ Policy: policyOf(Bucket) }),
    ),
    GetBucketPolicyStatus: operation<
      GetBucketPolicyStatusCommandInput,
      GetBucketPolicyStatusCommandOutput
    >(['Bucket'], ({ Bucket = '' }) => {
      policyOf(Bucket);
      return { PolicyStatus: { IsPublic: false } };
    }),
    PutBucketPolicy: operation<PutBucketPolicyCommandInput, PutBucketPolicyCommandOutput>(
      ['Bucket', 'Policy', 'ContentMD5', 'ChecksumAlgorithm', 'ConfirmRemoveSelfBucketAccess'],
      ({ Bucket = '', Policy = '' }) => {
        const bucket = model.bucket(Bucket);
        checkPolicy(Policy);
        bucket.policy = Policy;
        return {};
      },
    ),
    DeleteBucketPolicy: operation<DeleteBucketPolicyCommandInput, DeleteBucketPolicyCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => {
        model.bucket(Bucket).policy = undefined;
        return {};
      },
    ),
    GetBucketAcl: operation<GetBucketAclCommandInput, GetBucketAclCommandOutput>(
      ['Bucket'],
      ({ Bucket = '' }) => {
        model.bucket(Bucket);
        return ownersAcl();
      },
    ),
    PutBucketAcl: operation<PutBucketAclCommandInput, PutBucketAclCommandOutput>(
      ['Bucket', 'ACL', 'ContentMD5', 'ChecksumAlgorithm'],
      ({ Bucket = '', ACL }) => {
        model.bucket(Bucket);
        checkAcl(ACL);
        return {};
      },
    ),
    GetObjectAcl: operation<GetObjectAclCommandInput, GetObjectAclCommandOutput>(
      ['Bucket', 'Key', 'VersionId'],
      ({ Bucket = '', Key = '', VersionId }) => {
        requireVersion(model.bucket(Bucket), Key, VersionId);
        return ownersAcl();
      },
    ),
    PutBucketVersioning: operation<
      PutBucketVersioningCommandInput,
      PutBucketVersioningCommandOutput
    >(
      ['Bucket', 'VersioningConfiguration', 'ContentMD5', 'ChecksumAlgorithm'],
      ({ Bucket = '', VersioningConfiguration }) => {
        const bucket = model.bucket(Bucket);
        const { Status, MFADelete = 'Disabled' } = VersioningConfiguration ?? {};
        if (MFADelete !== 'Disabled') throw notSimulated('MFA delete');
        if (Status !== 'Enabled' && Status !== 'Suspended') throw malformed();
        bucket.setVersioning(Status);
        return {};
      },
    ),
    GetBucketNotificationConfiguration: operation<
      GetBucketNotificationConfigurationCommandInput,
      GetBucketNotificationConfigurationCommandOutput
    >(['Bucket'], ({ Bucket = '' }) => {
      model.bucket(Bucket);
      return {};
    }),
    PutBucketNotificationConfiguration: operation<
      PutBucketNotificationConfigurationCommandInput,
      PutBucketNotificationConfigurationCommandOutput
    >(
      ['Bucket', 'NotificationConfiguration', 'SkipDestinationValidation'],
      ({ Bucket = '', NotificationConfiguration = {} }) => {
        model.bucket(Bucket);
        const given = Object.values(NotificationConfiguration).some((one) =>
          Array.isArray(one) ? one.length > 0 : one !== undefined,
        );
        if (given) throw notSimulated('Notification of bucket events');
        return {};
      },
    ),
  };
}

/** Throws AwsError for lists that a bucket with BucketOwnerEnforced refuses. */
export function checkAcl(acl: string | undefined): void {
  if (acl === undefined || acl === 'private' || acl === 'bucket-owner-full-control') return;
  throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', {
    status: 400,
  });
}

function checkPolicy(text: string): void {
  let given: { Statement?: unknown };
  try {
    given = JSON.parse(text);
  } catch {
    throw new AwsError(
      'MalformedPolicy',
      "Policies must be valid JSON and the first byte must be '{'",
    );
  }
  if (given?.Statement === undefined) {
    throw new AwsError('MalformedPolicy', 'Missing required field Statement');
  }
  if (!hasSoundStatements(text)) throw new AwsError('MalformedPolicy', 'Invalid policy syntax.');
}

function malformed(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not simulated`, { status: 501 });
}
