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
    ),
    'AWS::IAM::Policy': resource(
      namedPolicy.extend({ Roles: z.array(z.string()).min(1) }),
      ({ PolicyName, PolicyDocument, Roles }, context) => {
        for (const name of Roles) {
          model.requireRole(name).inlinePolicies.set(PolicyName, PolicyDocument);
        }
        return { physicalId: context.generatedName(128), attributes: { Id: PolicyName } };
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
    ),
  };
}
