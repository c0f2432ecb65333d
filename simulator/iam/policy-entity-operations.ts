import type {
  ListEntitiesForPolicyCommandInput,
  ListEntitiesForPolicyCommandOutput,
  ListPolicyTagsCommandInput,
  ListPolicyTagsCommandOutput,
  TagPolicyCommandInput,
  TagPolicyCommandOutput,
  UntagPolicyCommandInput,
  UntagPolicyCommandOutput,
} from '@aws-sdk/client-iam';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { Group, PolicyHolder, User } from './entities.ts';
import type { IamModel } from './model.ts';
import { tagMapOf, wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { Role } from './role-directory.ts';

type Holder = { readonly role: Role } | { readonly user: User } | { readonly group: Group };

/** Tags of managed policies, and who has them. */
export function policyEntityOperations(model: IamModel): Record<string, WireOperation> {
  return {
    TagPolicy: operation<TagPolicyCommandInput, TagPolicyCommandOutput>(
      ['PolicyArn', 'Tags'],
      ({ PolicyArn = '', Tags }) => {
        const { tags } = model.requireManagedPolicy(PolicyArn);
        for (const [key, value] of tagMapOf(Tags)) tags.set(key, value);
        return {};
      },
    ),
    UntagPolicy: operation<UntagPolicyCommandInput, UntagPolicyCommandOutput>(
      ['PolicyArn', 'TagKeys'],
      ({ PolicyArn = '', TagKeys = [] }) => {
        const { tags } = model.requireManagedPolicy(PolicyArn);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
    ListPolicyTags: operation<ListPolicyTagsCommandInput, ListPolicyTagsCommandOutput>(
      ['PolicyArn', 'Marker', 'MaxItems'],
      ({ PolicyArn = '', ...paging }) => {
        const { items, more } = iamPage(
          wireTags(model.requireManagedPolicy(PolicyArn).tags),
          paging,
        );
        return { Tags: items, ...more };
      },
    ),
    ListEntitiesForPolicy: operation<
      ListEntitiesForPolicyCommandInput,
      ListEntitiesForPolicyCommandOutput
    >(
      ['PolicyArn', 'EntityFilter', 'PathPrefix', 'PolicyUsageFilter', 'Marker', 'MaxItems'],
      (input) => {
        const { arn } = model.requireManagedPolicy(input.PolicyArn ?? '');
        const { EntityFilter, PolicyUsageFilter, PathPrefix } = input;
        const has = (one: PolicyHolder & { path: string; boundaryArn?: string | undefined }) =>
          one.path.startsWith(PathPrefix || '/') &&
          ((PolicyUsageFilter !== 'PermissionsBoundary' && one.managedPolicyArns.has(arn)) ||
            (PolicyUsageFilter !== 'PermissionsPolicy' && one.boundaryArn === arn));
        const wanted = (kind: string) => EntityFilter === undefined || EntityFilter === kind;
        const found: Holder[] = [
          ...(wanted('Group') ? model.groups.all().filter(has) : []).map((group) => ({ group })),
          ...(wanted('User') ? model.users.all().filter(has) : []).map((user) => ({ user })),
          ...(wanted('Role') ? model.roles().filter(has) : []).map((role) => ({ role })),
        ];
        const { items, more } = iamPage(found, input);
        return {
          PolicyGroups: items.flatMap((one) =>
            'group' in one ? [{ GroupName: one.group.groupName, GroupId: one.group.groupId }] : [],
          ),
          PolicyUsers: items.flatMap((one) =>
            'user' in one ? [{ UserName: one.user.userName, UserId: one.user.userId }] : [],
          ),
          PolicyRoles: items.flatMap((one) =>
            'role' in one ? [{ RoleName: one.role.roleName, RoleId: one.role.roleId }] : [],
          ),
          ...more,
        };
      },
    ),
  };
}
