import type {
  GetAccountAuthorizationDetailsCommandInput,
  GetAccountAuthorizationDetailsCommandOutput,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import { operation, type WireOperation } from '../wire/operation.ts';
import { awsManagedPrefix } from './aws-managed-policies.ts';
import type { Group, PolicyHolder, User } from './entities.ts';
import type { IamModel } from './model.ts';
import { wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';
import type { ManagedPolicy } from './policy-directory.ts';
import type { PolicyTexts } from './policy-text.ts';
import type { Role } from './role-directory.ts';

/** Users, groups, roles and policies of the account with everything that hangs on them. */
export function authorizationDetailsOperation(
  model: IamModel,
  texts: PolicyTexts,
): Record<string, WireOperation> {
  const inline = ({ inlinePolicies }: PolicyHolder) =>
    [...inlinePolicies].map(([PolicyName, document]) => ({
      PolicyName,
      PolicyDocument: texts.encoded(document),
    }));
  const attached = ({ managedPolicyArns }: PolicyHolder) =>
    [...managedPolicyArns].map((PolicyArn) => ({
      PolicyName: PolicyArn.replace(/^.*\//, ''),
      PolicyArn,
    }));
  const facts = ({ path, arn, createdAtMs }: User | Group | Role) => ({
    Path: path,
    Arn: arn,
    CreateDate: new Date(createdAtMs),
  });
  const boundary = ({ boundaryArn }: User | Role) =>
    boundaryArn === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
            PermissionsBoundaryArn: boundaryArn,
          },
        };
  const showUser = (user: User): UserDetail => ({
    ...facts(user),
    UserName: user.userName,
    UserId: user.userId,
    UserPolicyList: inline(user),
    GroupList: model.groupsOf(user.userName).map(({ groupName }) => groupName),
    AttachedManagedPolicies: attached(user),
    ...boundary(user),
    Tags: wireTags(user.tags),
  });
  const showGroup = (group: Group): GroupDetail => ({
    ...facts(group),
    GroupName: group.groupName,
    GroupId: group.groupId,
    GroupPolicyList: inline(group),
    AttachedManagedPolicies: attached(group),
  });
  const showRole = (role: Role): RoleDetail => ({
    ...facts(role),
    RoleName: role.roleName,
    RoleId: role.roleId,
    AssumeRolePolicyDocument: texts.encoded(role.trust),
    InstanceProfileList: [],
    RolePolicyList: inline(role),
    AttachedManagedPolicies: attached(role),
    ...boundary(role),
    Tags: wireTags(role.tags),
    RoleLastUsed: {},
  });
  const showPolicy = (policy: ManagedPolicy): ManagedPolicyDetail => ({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versions.defaultId,
    AttachmentCount: model.attachmentCount(policy.arn),
    PermissionsBoundaryUsageCount: model.boundaryCount(policy.arn),
    IsAttachable: true,
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
    PolicyVersionList: policy.versions.ids().map((VersionId) => {
      const { document, createdAtMs } = policy.versions.read(policy, VersionId);
      return {
        VersionId,
        Document: texts.encoded(document),
        IsDefaultVersion: VersionId === policy.versions.defaultId,
        CreateDate: new Date(createdAtMs),
      };
    }),
  });
  const isOwn = ({ arn }: ManagedPolicy) => !arn.startsWith(awsManagedPrefix);
  return {
    GetAccountAuthorizationDetails: operation<
      GetAccountAuthorizationDetailsCommandInput,
      GetAccountAuthorizationDetailsCommandOutput
    >(['Filter', 'Marker', 'MaxItems'], (input) => {
      const wanted = (kind: NonNullable<typeof input.Filter>[number]) =>
        !input.Filter?.length || input.Filter.includes(kind);
      // Of AWS's own policies only those in use are listed, as in an account.
      const policies = model
        .managedPolicies()
        .filter((one) =>
          isOwn(one)
            ? wanted('LocalManagedPolicy')
            : wanted('AWSManagedPolicy') &&
              model.attachmentCount(one.arn) + model.boundaryCount(one.arn) > 0,
        );
      const all = [
        ...(wanted('User') ? model.users.all() : []).map((one) => ({ user: showUser(one) })),
        ...(wanted('Group') ? model.groups.all() : []).map((one) => ({ group: showGroup(one) })),
        ...(wanted('Role') ? model.roles() : []).map((one) => ({ role: showRole(one) })),
        ...policies.map((one) => ({ policy: showPolicy(one) })),
      ];
      const { items, more } = iamPage(all, input);
      return {
        UserDetailList: items.flatMap((one) => ('user' in one ? [one.user] : [])),
        GroupDetailList: items.flatMap((one) => ('group' in one ? [one.group] : [])),
        RoleDetailList: items.flatMap((one) => ('role' in one ? [one.role] : [])),
        Policies: items.flatMap((one) => ('policy' in one ? [one.policy] : [])),
        ...more,
      };
    }),
  };
}
