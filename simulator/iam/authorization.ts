import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type NeededAction,
  type Needs,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

export type EntityKind = 'role' | 'user' | 'group' | 'instance-profile';

/** Actions on IAM: its page in the Service Authorization Reference. */
export function iamAuthorization(
  { accountId }: Identity,
  /** ARN, with its path, of an entity that is there. */
  arnOf: (kind: EntityKind, name: string) => string | undefined,
  /** ARN of the permissions boundary of a role or user that is there. */
  boundaryOf: (kind: 'role' | 'user', name: string) => string | undefined = () => undefined,
): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:iam::${accountId}:${rest}`;
  const entity = (kind: EntityKind, name: string, path = '/') =>
    arnOf(kind, name) ?? arn(`${kind}${path}${name}`);
  const keys = (input: RequestMembers) => ({
    ...requestTagKeys(input.Tags),
    ...tagKeys(input.TagKeys),
    'iam:PermissionsBoundary': text(input.PermissionsBoundary) || undefined,
    'iam:PolicyARN': text(input.PolicyArn) || undefined,
  });
  const on = (kind: EntityKind, field: string) => (input: RequestMembers, callerArn?: string) => {
    const name = text(input[field]);
    const path = text(input.Path) || '/';
    // Without a name, a user asks about itself: `iam:ListAccessKeys` on `user/${aws:username}`.
    const own = callerArn?.includes(`:${kind}/`) ? callerArn : '*';
    return { resource: name === '' ? own : entity(kind, name, path), keys: keys(input) };
  };
  const listing = (kind: EntityKind) => (input: RequestMembers) => ({
    resource: arn(`${kind}${text(input.PathPrefix) || '/'}`),
  });
  // The boundary that an entity has decides about its policies, the one in a request about the boundary itself.
  const bounded = (kind: 'role' | 'user', field: string) => (input: RequestMembers) => {
    const needed = on(kind, field)(input);
    const boundary = needed.keys['iam:PermissionsBoundary'] ?? boundaryOf(kind, text(input[field]));
    return { ...needed, keys: { ...needed.keys, 'iam:PermissionsBoundary': boundary } };
  };
  // Who renames needs the action on the new name as well (API reference, UpdateUser and UpdateGroup).
  const renaming = (kind: 'user' | 'group', field: string) => (input: RequestMembers) => {
    const old = on(kind, field)(input);
    const [path, name] = [text(input.NewPath), text(input[`New${field}`])];
    if (path === '' && name === '') return old;
    const oldPath = old.resource.replace(/^[^/]*|[^/]*$/g, '');
    return [old, { resource: arn(`${kind}${path || oldPath}${name || text(input[field])}`) }];
  };
  const policy = (input: RequestMembers) => ({
    resource:
      text(input.PolicyArn) || arn(`policy${text(input.Path) || '/'}${text(input.PolicyName)}`),
    keys: requestTagKeys(input.Tags),
  });
  const provider = (input: RequestMembers) => ({
    resource:
      text(input.OpenIDConnectProviderArn) ||
      arn(`oidc-provider/${text(input.Url).replace(/^https:\/\//, '')}`),
    keys: requestTagKeys(input.Tags),
  });
  const made = (tagAction: string, needed: (input: RequestMembers) => NeededAction): Needs => {
    return (input) => [needed(input), ...tagging(tagAction, needed(input).resource, input.Tags)];
  };
  return {
    prefix: 'iam',
    operations: {
      ...anyResource(
        'CreateAccountAlias',
        'DeleteAccountAlias',
        'GetAccountAuthorizationDetails',
        'GetAccountSummary',
        'ListAccountAliases',
        'ListOpenIDConnectProviders',
        'ListPolicies',
        'ListSAMLProviders',
        'ListVirtualMFADevices',
        'SimulateCustomPolicy',
        'GetAccountPasswordPolicy',
        'GetServiceLinkedRoleDeletionStatus',
      ),
      ListGroups: listing('group'),
      ListInstanceProfiles: listing('instance-profile'),
      ListRoles: listing('role'),
      ListUsers: listing('user'),
      CreateRole: made('iam:TagRole', on('role', 'RoleName')),
      CreateUser: made('iam:TagUser', on('user', 'UserName')),
      CreatePolicy: made('iam:TagPolicy', policy),
      CreateInstanceProfile: made(
        'iam:TagInstanceProfile',
        on('instance-profile', 'InstanceProfileName'),
      ),
      CreateOpenIDConnectProvider: made('iam:TagOpenIDConnectProvider', provider),
      ...sameNeeds(on('role', 'RoleName'), ...roleOperations),
      ...sameNeeds(bounded('role', 'RoleName'), ...boundedOperations('Role')),
      ...sameNeeds(on('user', 'UserName'), ...userOperations),
      ...sameNeeds(bounded('user', 'UserName'), ...boundedOperations('User')),
      ...sameNeeds(on('group', 'GroupName'), ...groupOperations),
      UpdateUser: renaming('user', 'UserName'),
      UpdateGroup: renaming('group', 'GroupName'),
      ...sameNeeds(on('instance-profile', 'InstanceProfileName'), ...instanceProfileOperations),
      AddRoleToInstanceProfile: (input) => [
        on('instance-profile', 'InstanceProfileName')(input),
        ...passRole([entity('role', text(input.RoleName))], 'ec2.amazonaws.com'),
      ],
      ...sameNeeds(policy, ...policyOperations),
      ...sameNeeds(provider, ...providerOperations),
      CreateServiceLinkedRole: (input) => ({
        resource: arn(`role/aws-service-role/${text(input.AWSServiceName)}/*`),
        keys: { 'iam:AWSServiceName': text(input.AWSServiceName) || undefined },
      }),
      SimulatePrincipalPolicy: (input) => ({ resource: text(input.PolicySourceArn) }),
      GetAccessKeyLastUsed: () => ({ resource: '*' }),
    },
  };
}

/** Those of roles and users that have the key `iam:PermissionsBoundary`, without it in the request. */
const boundedOperations = (kind: 'Role' | 'User') => [
  `Attach${kind}Policy`,
  `Delete${kind}PermissionsBoundary`,
  `Delete${kind}Policy`,
  `Detach${kind}Policy`,
  `Put${kind}Policy`,
];
const roleOperations = [
  'DeleteRole',
  'DeleteServiceLinkedRole',
  'GetRole',
  'GetRolePolicy',
  'ListAttachedRolePolicies',
  'ListInstanceProfilesForRole',
  'ListRolePolicies',
  'ListRoleTags',
  'PutRolePermissionsBoundary',
  'TagRole',
  'UntagRole',
  'UpdateAssumeRolePolicy',
  'UpdateRole',
  'UpdateRoleDescription',
];
const userOperations = [
  'CreateAccessKey',
  'DeleteAccessKey',
  'DeleteUser',
  'DeleteLoginProfile',
  'GetLoginProfile',
  'GetUser',
  'GetUserPolicy',
  'ListAccessKeys',
  'ListAttachedUserPolicies',
  'ListGroupsForUser',
  'ListMFADevices',
  'ListServiceSpecificCredentials',
  'ListSigningCertificates',
  'ListSSHPublicKeys',
  'ListUserPolicies',
  'ListUserTags',
  'PutUserPermissionsBoundary',
  'TagUser',
  'UntagUser',
  'UpdateAccessKey',
];
const groupOperations = [
  'AddUserToGroup',
  'AttachGroupPolicy',
  'CreateGroup',
  'DeleteGroup',
  'DeleteGroupPolicy',
  'DetachGroupPolicy',
  'GetGroup',
  'GetGroupPolicy',
  'ListAttachedGroupPolicies',
  'ListGroupPolicies',
  'PutGroupPolicy',
  'RemoveUserFromGroup',
];
const instanceProfileOperations = [
  'DeleteInstanceProfile',
  'GetInstanceProfile',
  'ListInstanceProfileTags',
  'RemoveRoleFromInstanceProfile',
  'TagInstanceProfile',
  'UntagInstanceProfile',
];
const policyOperations = [
  'CreatePolicyVersion',
  'DeletePolicy',
  'DeletePolicyVersion',
  'GetPolicy',
  'GetPolicyVersion',
  'ListEntitiesForPolicy',
  'ListPolicyTags',
  'ListPolicyVersions',
  'SetDefaultPolicyVersion',
  'TagPolicy',
  'UntagPolicy',
];
const providerOperations = [
  'AddClientIDToOpenIDConnectProvider',
  'DeleteOpenIDConnectProvider',
  'GetOpenIDConnectProvider',
  'ListOpenIDConnectProviderTags',
  'RemoveClientIDFromOpenIDConnectProvider',
  'TagOpenIDConnectProvider',
  'UntagOpenIDConnectProvider',
  'UpdateOpenIDConnectProviderThumbprint',
];
