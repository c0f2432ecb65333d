import type {
  CreateAccessKeyCommandInput,
  CreateAccessKeyCommandOutput,
  DeleteAccessKeyCommandInput,
  DeleteAccessKeyCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  UpdateAccessKeyCommandInput,
  UpdateAccessKeyCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { HandedOutKey } from './access-keys.ts';
import { ownUser } from './calling-user.ts';
import type { User } from './entities.ts';
import type { IamModel } from './model.ts';
import { iamPage } from './page.ts';

/** A user has at most two access keys (IAM quotas). */
const keysPerUser = 2;

/** Operations on users' access keys. */
export function accessKeyOperations(model: IamModel): Record<string, WireOperation> {
  const keyOf = (user: User, id = ''): HandedOutKey => {
    const key = user.accessKeys.has(id) ? model.keys.find(id) : undefined;
    if (key) return key;
    throw new AwsError('NoSuchEntity', `The Access Key with id ${id} cannot be found.`);
  };
  return {
    CreateAccessKey: operation<CreateAccessKeyCommandInput, CreateAccessKeyCommandOutput>(
      ['UserName'],
      ({ UserName }, context) => {
        const user = ownUser(model, UserName, context);
        if (user.accessKeys.size >= keysPerUser) {
          throw new AwsError(
            'LimitExceeded',
            `Cannot exceed quota for AccessKeysPerUser: ${keysPerUser}`,
          );
        }
        const key = model.createAccessKey(user);
        return {
          AccessKey: {
            UserName: user.userName,
            AccessKeyId: key.accessKeyId,
            Status: 'Active',
            SecretAccessKey: key.secretAccessKey,
            CreateDate: new Date(user.accessKeys.get(key.accessKeyId) ?? 0),
          },
        };
      },
    ),
    ListAccessKeys: operation<ListAccessKeysCommandInput, ListAccessKeysCommandOutput>(
      ['UserName', 'Marker', 'MaxItems'],
      ({ UserName, ...paging }, context) => {
        const user = ownUser(model, UserName, context);
        const { items, more } = iamPage([...user.accessKeys], paging);
        return {
          AccessKeyMetadata: items.map(([AccessKeyId, createdAtMs]) => ({
            UserName: user.userName,
            AccessKeyId,
            Status: keyOf(user, AccessKeyId).status === 'Active' ? 'Active' : 'Inactive',
            CreateDate: new Date(createdAtMs),
          })),
          ...more,
        };
      },
    ),
    UpdateAccessKey: operation<UpdateAccessKeyCommandInput, UpdateAccessKeyCommandOutput>(
      ['UserName', 'AccessKeyId', 'Status'],
      ({ UserName, AccessKeyId, Status }, context) => {
        const key = keyOf(ownUser(model, UserName, context), AccessKeyId);
        key.status = Status === 'Active' ? 'Active' : 'Inactive';
        return {};
      },
    ),
    DeleteAccessKey: operation<DeleteAccessKeyCommandInput, DeleteAccessKeyCommandOutput>(
      ['UserName', 'AccessKeyId'],
      ({ UserName, AccessKeyId = '' }, context) => {
        const user = ownUser(model, UserName, context);
        keyOf(user, AccessKeyId).status = 'Deleted';
        user.accessKeys.delete(AccessKeyId);
        return {};
      },
    ),
  };
}
