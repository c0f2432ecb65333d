import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { IamModel } from './model.ts';
import { policyDocument } from './policy-document.ts';

const namedPolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument });

export function iamResources(model: IamModel): ResourceProviders {
  return {
    'AWS::IAM::Role': resource(
      z.strictObject({
        AssumeRolePolicyDocument: policyDocument,
        Description: z.string().max(1000).optional(),
        ManagedPolicyArns: z.array(z.string()).default([]),
        MaxSessionDuration: cfnNumber.optional(),
        Path: z.string().default('/'),
        Policies: z.array(namedPolicy).default([]),
        RoleName: z.string().max(64).optional(),
        Tags: cfnTags,
      }),
      (properties, context) => {
        const role = model.createRole({
          roleName: properties.RoleName ?? context.generatedName(64),
          path: properties.Path,
          description: properties.Description,
          trust: properties.AssumeRolePolicyDocument,
          inlinePolicies: new Map(
            properties.Policies.map((each) => [each.PolicyName, each.PolicyDocument]),
          ),
          managedPolicyArns: properties.ManagedPolicyArns,
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
      namedPolicy.extend({ Roles: z.array(z.string()).min(1) }),
      ({ PolicyName, PolicyDocument, Roles }, context) => {
        for (const name of Roles) {
          model.requireRole(name).inlinePolicies.set(PolicyName, PolicyDocument);
        }
        return { physicalId: context.generatedName(128), attributes: { Id: PolicyName } };
      },
      {
        // Update requires: no interruption, for the name as well.
        update({ properties, next }) {
          dropPolicy(model, properties);
          for (const name of next.Roles) {
            model.requireRole(name).inlinePolicies.set(next.PolicyName, next.PolicyDocument);
          }
          return undefined;
        },
        delete: ({ properties }) => dropPolicy(model, properties),
      },
    ),
    'AWS::IAM::ManagedPolicy': resource(
      z.strictObject({
        ManagedPolicyName: z.string().optional(),
        PolicyDocument: policyDocument,
        Description: z.string().optional(),
        Path: z.string().default('/'),
        Roles: z.array(z.string()).default([]),
      }),
      (properties, context) => {
        const policy = model.createManagedPolicy(
          properties.ManagedPolicyName ?? context.generatedName(128),
          properties.Path,
          properties.PolicyDocument,
          properties.Description,
        );
        for (const name of properties.Roles) {
          model.requireRole(name).managedPolicyArns.add(policy.arn);
        }
        return { physicalId: policy.arn, attributes: { PolicyArn: policy.arn } };
      },
      {
        replacedBy: ['Description', 'ManagedPolicyName', 'Path'],
        nameProperty: 'ManagedPolicyName',
        update({ physicalId, properties, next }) {
          model.requireManagedPolicy(physicalId).document = next.PolicyDocument;
          for (const name of properties.Roles)
            model.role(name)?.managedPolicyArns.delete(physicalId);
          for (const name of next.Roles) model.requireRole(name).managedPolicyArns.add(physicalId);
          return undefined;
        },
        delete({ physicalId, properties }) {
          for (const name of properties.Roles)
            model.role(name)?.managedPolicyArns.delete(physicalId);
          model.deleteManagedPolicy(physicalId);
        },
      },
    ),
  };
}

function dropPolicy(
  model: IamModel,
  { PolicyName, Roles }: { readonly PolicyName: string; readonly Roles: readonly string[] },
): void {
  for (const name of Roles) model.role(name)?.inlinePolicies.delete(PolicyName);
}
