import type {
  AddUserToGroupCommandInput,
  AddUserToGroupCommandOutput,
  CreateGroupCommandInput,
  CreateGroupCommandOutput,
  DeleteGroupCommandInput,
  DeleteGroupCommandOutput,
  GetGroupCommandInput,
  GetGroupCommandOutput,
  ListGroupsCommandInput,
  ListGroupsCommandOutput,
  RemoveUserFromGroupCommandInput,
  RemoveUserFromGroupCommandOutput,
  UpdateGroupCommandInput,
  UpdateGroupCommandOutput,
  Group as WireGroup,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { Group } from './entities.ts';
import { holderPolicyOperations } from './holder-policy-operations.ts';
import type { IamModel } from './model.ts';
import { checkEntityName, checkEntityPath } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { PolicyTexts } from './policy-text.ts';

/** Operations on groups and who is in them. */
export function groupOperations(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const { groups, users } = model;
  return {
    CreateGroup: operation<CreateGroupCommandInput, CreateGroupCommandOutput>(
      ['GroupName', 'Path'],
      ({ GroupName = '', Path = '/' }) => {
        checkEntityName(GroupName, 'groupName', 128);
        checkEntityPath(Path);
        return { Group: showGroup(model.createGroup(GroupName, Path)) };
      },
    ),
    GetGroup: operation<GetGroupCommandInput, GetGroupCommandOutput>(
      ['GroupName', 'Marker', 'MaxItems'],
      ({ GroupName = '', ...paging }) => {
        const group = groups.require(GroupName);
        const members = [...group.members].flatMap((name) => users.find(name) ?? []);
        const { items, more } = iamPage(members, paging);
        return {
          Group: showGroup(group),
          Users: items.map((user) => ({
            Path: user.path,
            UserName: user.userName,
            UserId: user.userId,
            Arn: user.arn,
            CreateDate: new Date(user.createdAtMs),
          })),
          ...more,
        };
      },
    ),
    ListGroups: operation<ListGroupsCommandInput, ListGroupsCommandOutput>(
      ['PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const all = groups.all().filter(({ path }) => path.startsWith(input.PathPrefix || '/'));
        const { items, more } = iamPage(all, input);
        return { Groups: items.map(showGroup), ...more };
      },
    ),
    UpdateGroup: operation<UpdateGroupCommandInput, UpdateGroupCommandOutput>(
      ['GroupName', 'NewPath', 'NewGroupName'],
      ({ GroupName = '', NewPath: newPath, NewGroupName: newName }) => {
        if (newName !== undefined) checkEntityName(newName, 'newGroupName', 128);
        if (newPath !== undefined) checkEntityPath(newPath);
        model.updateGroup(GroupName, { newName, newPath });
        return {};
      },
    ),
    DeleteGroup: operation<DeleteGroupCommandInput, DeleteGroupCommandOutput>(
      ['GroupName'],
      ({ GroupName = '' }) => {
        const group = groups.require(GroupName);
        if (group.members.size > 0) {
          throw new AwsError(
            'DeleteConflict',
            'Cannot delete entity, must remove users from group first.',
          );
        }
        model.refuseDeletionWithPolicies(group);
        groups.delete(GroupName);
        return {};
      },
    ),
    AddUserToGroup: operation<AddUserToGroupCommandInput, AddUserToGroupCommandOutput>(
      ['GroupName', 'UserName'],
      ({ GroupName = '', UserName = '' }) => {
        const group = groups.require(GroupName);
        group.members.add(users.require(UserName).userName);
        return {};
      },
    ),
    RemoveUserFromGroup: operation<
      RemoveUserFromGroupCommandInput,
      RemoveUserFromGroupCommandOutput
    >(['GroupName', 'UserName'], ({ GroupName = '', UserName = '' }) => {
      const group = groups.require(GroupName);
      group.members.delete(users.require(UserName).userName);
      return {};
    }),
    ...holderPolicyOperations('Group', (name) => groups.require(name), model, texts),
  };
}

export function showGroup(group: Group): WireGroup {
  return {
    Path: group.path,
    GroupName: group.groupName,
    GroupId: group.groupId,
    Arn: group.arn,
    CreateDate: new Date(group.createdAtMs),
  };
}
