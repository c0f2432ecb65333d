import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  DeleteUserCommandInput,
  DeleteUserCommandOutput,
  DeleteUserPermissionsBoundaryCommandInput,
  DeleteUserPermissionsBoundaryCommandOutput,
  GetUserCommandInput,
  GetUserCommandOutput,
  ListGroupsForUserCommandInput,
  ListGroupsForUserCommandOutput,
  ListUsersCommandInput,
  ListUsersCommandOutput,
  ListUserTagsCommandInput,
  ListUserTagsCommandOutput,
  PutUserPermissionsBoundaryCommandInput,
  PutUserPermissionsBoundaryCommandOutput,
  TagUserCommandInput,
  TagUserCommandOutput,
  UntagUserCommandInput,
  UntagUserCommandOutput,
  UpdateUserCommandInput,
  UpdateUserCommandOutput,
  User as WireUser,
} from '@aws-sdk/client-iam';
import { operation, type WireOperation } from '../wire/operation.ts';
import { callingUser } from './calling-user.ts';
import type { User } from './entities.ts';
import { showGroup } from './group-operations.ts';
import { holderPolicyOperations } from './holder-policy-operations.ts';
import type { IamModel } from './model.ts';
import { checkEntityName, checkEntityPath, tagMapOf, wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';

/** Operations on users, without their access keys. */
export function userOperations(model: IamModel, texts: PolicyTexts): Record<string, WireOperation> {
  const { users } = model;
  return {
    CreateUser: operation<CreateUserCommandInput, CreateUserCommandOutput>(
      ['UserName', 'Path', 'Tags', 'PermissionsBoundary'],
      ({ UserName = '', Path = '/', Tags, PermissionsBoundary }) => {
        checkEntityName(UserName, 'userName');
        checkEntityPath(Path);
        const boundary = PermissionsBoundary && model.requireManagedPolicy(PermissionsBoundary).arn;
        return { User: showUser(model.createUser(UserName, Path, tagMapOf(Tags), boundary)) };
      },
    ),
    // Without a name it is the caller's own user.
    GetUser: operation<GetUserCommandInput, GetUserCommandOutput>(
      ['UserName'],
      ({ UserName }, context) => ({ User: showUser(callingUser(model, UserName, context)) }),
    ),
    ListUsers: operation<ListUsersCommandInput, ListUsersCommandOutput>(
      ['PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const all = users.all().filter(({ path }) => path.startsWith(input.PathPrefix || '/'));
        const { items, more } = iamPage(all, input);
        return { Users: items.map((user) => ({ ...showUser(user), Tags: undefined })), ...more };
      },
    ),
    UpdateUser: operation<UpdateUserCommandInput, UpdateUserCommandOutput>(
      ['UserName', 'NewPath', 'NewUserName'],
      ({ UserName = '', NewPath: newPath, NewUserName: newName }) => {
        if (newName !== undefined) checkEntityName(newName, 'newUserName');
        if (newPath !== undefined) checkEntityPath(newPath);
        model.updateUser(UserName, { newName, newPath });
        return {};
      },
    ),
    DeleteUser: operation<DeleteUserCommandInput, DeleteUserCommandOutput>(
      ['UserName'],
      ({ UserName = '' }) => {
        model.deleteUser(UserName);
        return {};
      },
    ),
    TagUser: operation<TagUserCommandInput, TagUserCommandOutput>(
      ['UserName', 'Tags'],
      ({ UserName = '', Tags }) => {
        const { tags } = users.require(UserName);
        for (const [key, value] of tagMapOf(Tags)) tags.set(key, value);
        return {};
      },
    ),
    UntagUser: operation<UntagUserCommandInput, UntagUserCommandOutput>(
      ['UserName', 'TagKeys'],
      ({ UserName = '', TagKeys = [] }) => {
        const { tags } = users.require(UserName);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
    ListUserTags: operation<ListUserTagsCommandInput, ListUserTagsCommandOutput>(
      ['UserName', 'Marker', 'MaxItems'],
      ({ UserName = '', ...paging }) => {
        const { items, more } = iamPage(wireTags(users.require(UserName).tags), paging);
        return { Tags: items, ...more };
      },
    ),
    PutUserPermissionsBoundary: operation<
      PutUserPermissionsBoundaryCommandInput,
      PutUserPermissionsBoundaryCommandOutput
    >(['UserName', 'PermissionsBoundary'], ({ UserName = '', PermissionsBoundary = '' }) => {
      const { arn } = model.requireManagedPolicy(PermissionsBoundary);
      users.require(UserName).boundaryArn = arn;
      return {};
    }),
    DeleteUserPermissionsBoundary: operation<
      DeleteUserPermissionsBoundaryCommandInput,
      DeleteUserPermissionsBoundaryCommandOutput
    >(['UserName'], ({ UserName = '' }) => {
      users.require(UserName).boundaryArn = undefined;
      return {};
    }),
    ListGroupsForUser: operation<ListGroupsForUserCommandInput, ListGroupsForUserCommandOutput>(
      ['UserName', 'Marker', 'MaxItems'],
      ({ UserName = '', ...paging }) => {
        const { userName } = users.require(UserName);
        const { items, more } = iamPage(model.groupsOf(userName), paging);
        return { Groups: items.map(showGroup), ...more };
      },
    ),
    ...holderPolicyOperations('User', (name) => users.require(name), model, texts),
  };
}

function showUser(user: User): WireUser {
  return {
    Path: user.path,
    UserName: user.userName,
    UserId: user.userId,
    Arn: user.arn,
    CreateDate: new Date(user.createdAtMs),
    ...(user.boundaryArn !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
        PermissionsBoundaryArn: user.boundaryArn,
      },
    }),
    ...(user.tags.size > 0 && { Tags: wireTags(user.tags) }),
  };
}
