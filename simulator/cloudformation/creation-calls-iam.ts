import { arn } from '../core/arns.ts';
import { list, member, text, texts } from '../wire/authorization.ts';
import type { ChangeCall } from './change-call.ts';
import { forHolders } from './change-calls-iam.ts';
import type { CreationCalls } from './creation-call.ts';

/** Roles and managed policies: who may not give one all that its template says makes nothing. */
export const iamCreations: Readonly<Record<string, CreationCalls>> = {
  'AWS::IAM::Role': {
    make: ({ properties, named }) => {
      const { Path, PermissionsBoundary, Tags } = properties;
      const role = { RoleName: named('RoleName'), Path, PermissionsBoundary };
      return [
        ['iam', 'CreateRole', { ...role, Tags }],
        ...list(properties.Policies).map((policy): ChangeCall => {
          const PolicyName = text(member(policy, 'PolicyName'));
          return ['iam', 'PutRolePolicy', { ...role, PolicyName }];
        }),
        ...texts(properties.ManagedPolicyArns).map(
          (PolicyArn): ChangeCall => ['iam', 'AttachRolePolicy', { ...role, PolicyArn }],
        ),
      ];
    },
  },
  'AWS::IAM::ManagedPolicy': {
    make: ({ properties, identity, named }) => {
      const PolicyName = named('ManagedPolicyName');
      const { Path = '/' } = properties;
      const PolicyArn = arn({ ...identity, region: '' }, 'iam', `policy${Path}${PolicyName}`);
      return [
        ['iam', 'CreatePolicy', { PolicyName, Path }],
        ...forHolders('Attach', properties, { PolicyArn }),
      ];
    },
  },
};
