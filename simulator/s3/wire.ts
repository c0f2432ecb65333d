import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { WireOperation, WireService } from '../wire/operation.ts';
import { bucketAccessOperations } from './bucket-access-operations.ts';
import { bucketOperations } from './bucket-operations.ts';
import { bucketSettingOperations } from './bucket-settings.ts';
import { copyOperations } from './copy-operations.ts';
import { deleteOperations } from './delete-operations.ts';
import { listingOperations } from './listing-operations.ts';
import type { S3Model } from './model.ts';
import { multipartOperations } from './multipart-operations.ts';
import { objectOperations } from './object-operations.ts';
import { rateLimited } from './request-rate.ts';
import { taggingOperations } from './tagging-operations.ts';

/** The S3 API, at path-style addresses. */
export function s3Wire(model: S3Model, world: World): WireService {
  const operations = {
    ...bucketOperations(model, world),
    ...bucketSettingOperations(model),
    ...bucketAccessOperations(model, world),
    ...objectOperations(model),
    ...deleteOperations(model, world),
    ...copyOperations(model),
    ...multipartOperations(model, world),
    ...listingOperations(model, world),
    ...taggingOperations(model),
  };
  const owned = Object.entries(operations).map(([name, one]) => [
    name,
    rateLimited(name, ownerChecked(name, one, world.identity.accountId), world.quotas),
  ]);
  return { name: 's3', operations: Object.fromEntries(owned) };
}

/** Operations that take RequestPayer; payers other than the owner do not matter here. */
const withPayer =
  /^((Get|Head|Put|Copy|Delete)Objects?|(Get|Put)ObjectTagging|GetObjectAcl|ListObjects(V2)?|ListObjectVersions|ListParts|UploadPart(Copy)?|(Create|Complete|Abort)MultipartUpload|ListMultipartUploads)$/;

/** Nearly every operation can be told whose bucket it must be. */
function ownerChecked(name: string, operation: WireOperation, accountId: string): WireOperation {
  if (name === 'CreateBucket' || name === 'ListBuckets') return operation;
  return {
    ...operation,
    members: [
      ...operation.members,
      'ExpectedBucketOwner',
      ...(withPayer.test(name) ? ['RequestPayer'] : []),
    ],
    handle: (input, context) => {
      const { ExpectedBucketOwner: owner = accountId } = input as { ExpectedBucketOwner?: string };
      if (owner !== accountId) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
      return operation.handle(input, context);
    },
  };
}
