import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { WireOperation, WireService } from '../wire/operation.ts';
import { bucketAccessOperations } from './bucket-access-operations.ts';
import { bucketOperations } from './bucket-operations.ts';
import { bucketSettingOperations } from './bucket-settings.ts';
import { copyOperations } from './copy-operations.ts';
import { listingOperations } from './listing-operations.ts';
import type { S3Model } from './model.ts';
import { multipartOperations } from './multipart-operations.ts';
import { objectOperations } from './object-operations.ts';
import { taggingOperations } from './tagging-operations.ts';

/** The S3 API, at path-style addresses. */
export function s3Wire(model: S3Model, world: World): WireService {
  const operations = {
    ...bucketOperations(model, world),
    ...bucketSettingOperations(model),
    ...bucketAccessOperations(model, world),
    ...objectOperations(model, world),
    ...copyOperations(model),
    ...multipartOperations(model, world),
    ...listingOperations(model, world),
    ...taggingOperations(model),
  };
  const owned = Object.entries(operations).map(([name, one]) => [
    name,
    ownerChecked(one, world.identity.accountId),
  ]);
  return { name: 's3', operations: Object.fromEntries(owned) };
}

/** Nearly every operation can be told whose bucket it must be; payers other than the owner do not matter here. */
function ownerChecked(operation: WireOperation, accountId: string): WireOperation {
  return {
    ...operation,
    members: [...operation.members, 'ExpectedBucketOwner', 'RequestPayer'],
    handle: (input, context) => {
      const { ExpectedBucketOwner: owner = accountId } = input as { ExpectedBucketOwner?: string };
      if (owner !== accountId) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
      return operation.handle(input, context);
    },
  };
}
