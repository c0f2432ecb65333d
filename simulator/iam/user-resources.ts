import type { CreateAccessKeyCommandOutput, CreateUserCommandOutput } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';
import { templatePolicy } from './policy-document.ts';

const namedPolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: templatePolicy });
const held = {
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(namedPolicy).default([]),
  Path: z.string().default('/'),
};

interface Held {
  readonly ManagedPolicyArns: readonly string[];
  readonly Policies: readonly z.output<typeof namedPolicy>[];
}

const nothingHeld: Held = { ManagedPolicyArns: [], Policies: [] };

/** Users, groups, who is in them, and access keys. */
export function userResources(api: ServiceApi): ResourceProviders {
  const policies = async (
    kind: 'User' | 'Group',
    name: string,
    before: Held,
    after: Held,
    context: ResourceContext,
  ) => {
    const holder = { [`${kind}Name`]: name };
    const kept = new Set(after.Policies.map(({ PolicyName }) => PolicyName));
    for (const PolicyArn of before.ManagedPolicyArns) {
      if (after.ManagedPolicyArns.includes(PolicyArn)) continue;
      await api(`Detach${kind}Policy`, { ...holder, PolicyArn }, context);
    }
    for (const PolicyArn of after.ManagedPolicyArns) {
      await api(`Attach${kind}Policy`, { ...holder, PolicyArn }, context);
    }
    for (const { PolicyName } of before.Policies) {
      if (!kept.has(PolicyName))
        await api(`Delete${kind}Policy`, { ...holder, PolicyName }, context);
    }
    for (const each of after.Policies) {
      const PolicyDocument = JSON.stringify(each.PolicyDocument);
      const { PolicyName } = each;
      await api(`Put${kind}Policy`, { ...holder, PolicyName, PolicyDocument }, context);
    }
  };
  const join = async (
    UserName: string,
    before: readonly string[],
    after: readonly string[],
    context: ResourceContext,
  ) => {
    for (const GroupName of before.filter((name) => !after.includes(name))) {
      await api('RemoveUserFromGroup', { GroupName, UserName }, context);
    }
    for (const GroupName of after.filter((name) => !before.includes(name))) {
      await api('AddUserToGroup', { GroupName, UserName }, context);
    }
  };
  return {
    'AWS::IAM::User': resource(
      z.strictObject({
        ...held,
        UserName: z.string().optional(),
        Groups: z.array(z.string()).default([]),
        PermissionsBoundary: z.string().optional(),
        Tags: cfnTags,
      }),
      async (properties, context) => {
        const UserName = properties.UserName ?? context.generatedName(64);
        const { Path, Tags, PermissionsBoundary, Groups } = properties;
        const { User } = await api<object, CreateUserCommandOutput>(
          'CreateUser',
          { UserName, Path, Tags, ...(PermissionsBoundary && { PermissionsBoundary }) },
          context,
        );
        await policies('User', UserName, nothingHeld, properties, context);
        await join(UserName, [], Groups, context);
        return { physicalId: UserName, attributes: { Arn: User?.Arn } };
      },
      {
        replacedBy: ['UserName', 'Path', 'PermissionsBoundary'],
        nameProperty: 'UserName',
        async update({ physicalId: UserName, properties, next }, context) {
          await policies('User', UserName, properties, next, context);
          await join(UserName, properties.Groups, next.Groups, context);
          await changeTags(properties.Tags, next.Tags, {
            set: (Tags) => api('TagUser', { UserName, Tags }, context),
            remove: (TagKeys) => api('UntagUser', { UserName, TagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId: UserName, properties }, context) {
          await policies('User', UserName, properties, nothingHeld, context);
          await join(UserName, properties.Groups, [], context);
          await api('DeleteUser', { UserName }, context);
        },
      },
    ),
    'AWS::IAM::Group': resource(
      z.strictObject({ ...held, GroupName: z.string().optional() }),
      async (properties, context) => {
        const GroupName = properties.GroupName ?? context.generatedName(128);
        const { Group } = await api<object, { Group: { Arn: string } }>(
          'CreateGroup',
          { GroupName, Path: properties.Path },
          context,
        );
        await policies('Group', GroupName, nothingHeld, properties, context);
        return { physicalId: GroupName, attributes: { Arn: Group.Arn } };
      },
      {
        replacedBy: ['GroupName', 'Path'],
        nameProperty: 'GroupName',
        async update({ physicalId, properties, next }, context) {
          await policies('Group', physicalId, properties, next, context);
          return undefined;
        },
        async delete({ physicalId: GroupName, properties }, context) {
          await policies('Group', GroupName, properties, nothingHeld, context);
          await api('DeleteGroup', { GroupName }, context);
        },
      },
    ),
    'AWS::IAM::UserToGroupAddition': resource(
      z.strictObject({ GroupName: z.string(), Users: z.array(z.string()) }),
      async ({ GroupName, Users }, context) => {
        for (const UserName of Users) await join(UserName, [], [GroupName], context);
        return { physicalId: context.generatedName(128) };
      },
      {
        async update({ properties, next }, context) {
          for (const UserName of properties.Users) {
            const stays = next.GroupName === properties.GroupName && next.Users.includes(UserName);
            if (!stays) await join(UserName, [properties.GroupName], [], context);
          }
          for (const UserName of next.Users) await join(UserName, [], [next.GroupName], context);
          return undefined;
        },
        async delete({ properties: { GroupName, Users } }, context) {
          for (const UserName of Users) await join(UserName, [GroupName], [], context);
        },
      },
    ),
    'AWS::IAM::AccessKey': resource(
      z.strictObject({
        UserName: z.string(),
        /** A higher number makes a new key. */
        Serial: cfnNumber.optional(),
        Status: z.enum(['Active', 'Inactive']).optional(),
      }),
      async ({ UserName, Status }, context) => {
        const { AccessKey } = await api<object, CreateAccessKeyCommandOutput>(
          'CreateAccessKey',
          { UserName },
          context,
        );
        const AccessKeyId = AccessKey?.AccessKeyId ?? '';
        if (Status) await api('UpdateAccessKey', { UserName, AccessKeyId, Status }, context);
        const attributes = { SecretAccessKey: AccessKey?.SecretAccessKey };
        return { physicalId: AccessKeyId, attributes };
      },
      {
        replacedBy: ['Serial', 'UserName'],
        async update({ physicalId: AccessKeyId, next }, context) {
          const { UserName, Status = 'Active' } = next;
          await api('UpdateAccessKey', { UserName, AccessKeyId, Status }, context);
          return undefined;
        },
        async delete({ physicalId: AccessKeyId, properties: { UserName } }, context) {
          await api('DeleteAccessKey', { UserName, AccessKeyId }, context);
        },
      },
    ),
  };
}
