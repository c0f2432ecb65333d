import {
  type ConditionKeys,
  list,
  member,
  type NeededAction,
  type RequestMembers,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  text,
} from '../wire/authorization.ts';

/**
 * Actions on Amazon S3, whose names differ from its operations (user guide, "Required permissions for Amazon S3
 * API operations").
 */
export function s3Authorization(find: {
  policyOf(bucket: string): string | undefined;
  /** Whether a bucket that is there lacks a key. */
  lacks(bucket: string, key: string): boolean;
}): ServiceAuthorization {
  const { policyOf } = find;
  const bucketArn = ({ Bucket }: RequestMembers) => `arn:aws:s3:::${text(Bucket)}`;
  const onBucket =
    (action: string, keys?: (input: RequestMembers) => ConditionKeys) =>
    (input: RequestMembers): NeededAction => ({
      action,
      resource: bucketArn(input),
      resourcePolicy: policyOf(text(input.Bucket)),
      keys: keys?.(input) ?? {},
    });
  const onKey = (action: string, input: RequestMembers, key: unknown): NeededAction => ({
    action,
    resource: `${bucketArn(input)}/${text(key)}`,
    resourcePolicy: policyOf(text(input.Bucket)),
    keys: {
      's3:VersionId': text(input.VersionId) || undefined,
      's3:x-amz-server-side-encryption': text(input.ServerSideEncryption) || undefined,
      's3:x-amz-acl': text(input.ACL) || undefined,
    },
  });
  const versioned = (action: string) => (input: RequestMembers) =>
    onKey(text(input.VersionId) ? `${action}Version` : action, input, input.Key);
  const listing = onBucket('s3:ListBucket', (input) => ({
    's3:prefix': text(input.Prefix),
    's3:delimiter': text(input.Delimiter) || undefined,
    's3:max-keys': input.MaxKeys === undefined ? undefined : String(input.MaxKeys),
  }));
  // Who may not list the bucket is not told that a key is missing (API reference of GetObject, "Permissions").
  const reading = (input: RequestMembers) => [
    versioned('s3:GetObject')(input),
    ...(find.lacks(text(input.Bucket), text(input.Key)) ? [onBucket('s3:ListBucket')(input)] : []),
  ];
  const copySource = (input: RequestMembers): NeededAction => {
    const [, bucket = '', key = ''] =
      /^\/?([^/]+)\/([^?]*)/.exec(decodeURIComponent(text(input.CopySource))) ?? [];
    return onKey('s3:GetObject', { Bucket: bucket }, key);
  };
  return {
    prefix: 's3',
    operations: {
      ListBuckets: () => ({ action: 's3:ListAllMyBuckets', resource: '*' }),
      CreateBucket: (input) => [
        onBucket('s3:CreateBucket')(input),
        ...tagging(
          's3:TagResource',
          bucketArn(input),
          member(input.CreateBucketConfiguration, 'Tags'),
        ),
      ],
      DeleteBucket: onBucket('s3:DeleteBucket'),
      HeadBucket: onBucket('s3:ListBucket'),
      ListObjects: listing,
      ListObjectsV2: listing,
      ListObjectVersions: onBucket('s3:ListBucketVersions'),
      ...bucketSettings(onBucket),
      ...sameNeeds(reading, 'GetObject', 'HeadObject', 'GetObjectAttributes'),
      DeleteObject: versioned('s3:DeleteObject'),
      DeleteObjects: (input) =>
        list(member(input.Delete, 'Objects')).map((one) => {
          const VersionId = member(one, 'VersionId');
          const action = text(VersionId) ? 's3:DeleteObjectVersion' : 's3:DeleteObject';
          return onKey(action, { ...input, VersionId }, member(one, 'Key'));
        }),
      CopyObject: (input) => [copySource(input), onKey('s3:PutObject', input, input.Key)],
      UploadPartCopy: (input) => [copySource(input), onKey('s3:PutObject', input, input.Key)],
      ...sameNeeds(
        (input) => onKey('s3:PutObject', input, input.Key),
        'PutObject',
        'CreateMultipartUpload',
        'UploadPart',
        'CompleteMultipartUpload',
      ),
      AbortMultipartUpload: (input) => onKey('s3:AbortMultipartUpload', input, input.Key),
      ListParts: (input) => onKey('s3:ListMultipartUploadParts', input, input.Key),
      ListMultipartUploads: onBucket('s3:ListBucketMultipartUploads'),
      GetObjectTagging: versioned('s3:GetObjectTagging'),
      PutObjectTagging: versioned('s3:PutObjectTagging'),
      DeleteObjectTagging: versioned('s3:DeleteObjectTagging'),
      GetObjectAcl: versioned('s3:GetObjectAcl'),
    },
  };
}

/** Operation to action for what hangs on a bucket. */
function bucketSettings(
  onBucket: (action: string) => (input: RequestMembers) => NeededAction,
): ServiceAuthorization['operations'] {
  const actions: Readonly<Record<string, string>> = {
    GetBucketLocation: 'GetBucketLocation',
    GetBucketVersioning: 'GetBucketVersioning',
    PutBucketVersioning: 'PutBucketVersioning',
    GetBucketPolicy: 'GetBucketPolicy',
    GetBucketPolicyStatus: 'GetBucketPolicyStatus',
    PutBucketPolicy: 'PutBucketPolicy',
    DeleteBucketPolicy: 'DeleteBucketPolicy',
    GetBucketTagging: 'GetBucketTagging',
    PutBucketTagging: 'PutBucketTagging',
    DeleteBucketTagging: 'PutBucketTagging',
    GetBucketAcl: 'GetBucketAcl',
    PutBucketAcl: 'PutBucketAcl',
    GetBucketCors: 'GetBucketCORS',
    PutBucketCors: 'PutBucketCORS',
    DeleteBucketCors: 'PutBucketCORS',
    PutBucketWebsite: 'PutBucketWebsite',
    DeleteBucketWebsite: 'DeleteBucketWebsite',
    PutBucketLogging: 'PutBucketLogging',
    PutBucketRequestPayment: 'PutBucketRequestPayment',
    PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
    DeleteBucketLifecycle: 'PutLifecycleConfiguration',
    DeleteBucketEncryption: 'PutEncryptionConfiguration',
    DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
    GetBucketWebsite: 'GetBucketWebsite',
    GetBucketLogging: 'GetBucketLogging',
    GetBucketRequestPayment: 'GetBucketRequestPayment',
    GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
    GetBucketReplication: 'GetReplicationConfiguration',
    GetBucketEncryption: 'GetEncryptionConfiguration',
    PutBucketEncryption: 'PutEncryptionConfiguration',
    GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
    GetBucketNotificationConfiguration: 'GetBucketNotification',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
    GetBucketOwnershipControls: 'GetBucketOwnershipControls',
    PutBucketOwnershipControls: 'PutBucketOwnershipControls',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  };
  return Object.fromEntries(
    Object.entries(actions).map(([operation, action]) => [operation, onBucket(`s3:${action}`)]),
  );
}
