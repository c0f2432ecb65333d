import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { PolicyHolder } from './entities.ts';
import { federationResources } from './federation-resources.ts';
import type { IamModel } from './model.ts';
import { templatePolicy } from './policy-document.ts';
import { userResources } from './user-resources.ts';
import { iamWire } from './wire.ts';

const namedPolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: templatePolicy });

const names = z.array(z.string()).default([]);
const holderNames = { Groups: names, Roles: names, Users: names };

export function iamResources(model: IamModel): ResourceProviders {
  const api = serviceApi(() => iamWire(model));
  return {
    ...userResources(api),
    ...federationResources(api),
    'AWS::IAM::Role': resource(
      z.strictObject({
        AssumeRolePolicyDocument: templatePolicy,
        Description: z.string().max(1000).optional(),
        ManagedPolicyArns: z.array(z.string()).default([]),
        MaxSessionDuration: cfnNumber.optional(),
        Path: z.string().default('/'),
        PermissionsBoundary: z.string().optional(),
        Policies: z.array(namedPolicy).default([]),
        RoleName: z.string().max(64).optional(),
        Tags: cfnTags,
      }),
      (properties, context) => {
        const RoleName = properties.RoleName ?? context.generatedName(64);
        const role = model.createRole({
          roleName: RoleName,
          path: properties.Path,
          description: properties.Description,
          trust: properties.AssumeRolePolicyDocument,
          inlinePolicies: new Map(
            properties.Policies.map((each) => [each.PolicyName, each.PolicyDocument]),
          ),
          managedPolicyArns: properties.ManagedPolicyArns,
          boundaryArn: properties.PermissionsBoundary,
          maxSessionSeconds: properties.MaxSessionDuration,
          tags: new Map((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        });
        return { physicalId: role.roleName, attributes: { Arn: role.arn, RoleId: role.roleId } };
      },
      {
        replacedBy: ['Path', 'RoleName'],
        nameProperty: 'RoleName',
        update({ physicalId, properties, next }) {
          const role = model.requireRole(physicalId);
          role.trust = next.AssumeRolePolicyDocument;
          role.description = next.Description;
          role.boundaryArn = next.PermissionsBoundary;
          role.maxSessionSeconds = next.MaxSessionDuration ?? 3_600;
          for (const { PolicyName } of properties.Policies) role.inlinePolicies.delete(PolicyName);
          for (const { PolicyName, PolicyDocument } of next.Policies) {
            role.inlinePolicies.set(PolicyName, PolicyDocument);
          }
          for (const arn of properties.ManagedPolicyArns) role.managedPolicyArns.delete(arn);
          for (const arn of next.ManagedPolicyArns) {
            role.managedPolicyArns.add(model.requireManagedPolicy(arn).arn);
          }
          for (const { Key } of properties.Tags ?? []) role.tags.delete(Key);
          for (const { Key, Value } of next.Tags ?? []) role.tags.set(Key, Value);
          return undefined;
        },
        // What the template gave the role goes with it; a policy from elsewhere keeps it (DeleteConflict).
        delete({ physicalId, properties }) {
          const role = model.requireRole(physicalId);
          for (const { PolicyName } of properties.Policies) role.inlinePolicies.delete(PolicyName);
          for (const arn of properties.ManagedPolicyArns) role.managedPolicyArns.delete(arn);
          model.deleteRole(physicalId);
        },
      },
    ),
    'AWS::IAM::Policy': resource(
      namedPolicy
        .extend(holderNames)
        .refine(({ Groups, Roles, Users }) => Groups.length + Roles.length + Users.length > 0, {
          error: 'At least one of Groups, Roles and Users must be specified',
        }),
      (properties, context) => {
        putPolicy(model, properties);
        return {
          physicalId: context.generatedName(128),
          attributes: { Id: properties.PolicyName },
        };
      },
      {
        // Update requires: no interruption, for the name as well.
        update({ properties, next }) {
          dropPolicy(model, properties);
          putPolicy(model, next);
          return undefined;
        },
        delete: ({ properties }) => dropPolicy(model, properties),
      },
    ),
    'AWS::IAM::ManagedPolicy': resource(
      z.strictObject({
        ManagedPolicyName: z.string().optional(),
        PolicyDocument: templatePolicy,
        Description: z.string().optional(),
        Path: z.string().default('/'),
        ...holderNames,
      }),
      (properties, context) => {
        const policy = model.createManagedPolicy(
          properties.ManagedPolicyName ?? context.generatedName(128),
          properties.Path,
          properties.PolicyDocument,
          properties.Description,
        );
        for (const holder of holders(model, properties)) holder.managedPolicyArns.add(policy.arn);
        return { physicalId: policy.arn, attributes: { PolicyArn: policy.arn } };
      },
      {
        replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
        nameProperty: 'ManagedPolicyName',
        update({ physicalId, properties, next }) {
          model.requireManagedPolicy(physicalId).document = next.PolicyDocument;
          for (const holder of presentHolders(model, properties)) {
            holder.managedPolicyArns.delete(physicalId);
          }
          for (const holder of holders(model, next)) holder.managedPolicyArns.add(physicalId);
          return undefined;
        },
        delete({ physicalId, properties }) {
          for (const holder of presentHolders(model, properties)) {
            holder.managedPolicyArns.delete(physicalId);
          }
          model.deleteManagedPolicy(physicalId);
        },
      },
    ),
  };
}

interface HolderNames {
  readonly Groups: readonly string[];
  readonly Roles: readonly string[];
  readonly Users: readonly string[];
}

/** Throws AwsError NoSuchEntity. */
function holders(model: IamModel, { Groups, Roles, Users }: HolderNames): PolicyHolder[] {
  return [
    ...Groups.map((name) => model.groups.require(name)),
    ...Roles.map((name) => model.requireRole(name)),
    ...Users.map((name) => model.users.require(name)),
  ];
}

/** Those of them that are still there. */
function presentHolders(model: IamModel, { Groups, Roles, Users }: HolderNames): PolicyHolder[] {
  return [
    ...Groups.flatMap((name) => model.groups.find(name) ?? []),
    ...Roles.flatMap((name) => model.role(name) ?? []),
    ...Users.flatMap((name) => model.users.find(name) ?? []),
  ];
}

type InlinePolicy = HolderNames & z.output<typeof namedPolicy>;

function putPolicy(model: IamModel, { PolicyName, PolicyDocument, ...names }: InlinePolicy): void {
  for (const { inlinePolicies } of holders(model, names)) {
    inlinePolicies.set(PolicyName, PolicyDocument);
  }
}

function dropPolicy(model: IamModel, { PolicyName, ...names }: InlinePolicy): void {
  for (const { inlinePolicies } of presentHolders(model, names)) inlinePolicies.delete(PolicyName);
}
