import { list, member, text, texts } from '../wire/authorization.ts';
import {
  type ChangeCall,
  type ChangeCalls,
  type Properties,
  tagCalls,
  whenChanged,
  without,
} from './change-call.ts';

const namesOf = (policies: readonly unknown[]) =>
  policies.map((policy) => text(member(policy, 'PolicyName')));

const holderKinds = [
  ['Group', 'Groups'],
  ['Role', 'Roles'],
  ['User', 'Users'],
] as const;

/** One call for each group, role and user, e.g. `PutRolePolicy`. */
export function forHolders(
  verb: 'Put' | 'Delete' | 'Attach' | 'Detach',
  holders: Properties,
  policy: Properties,
): ChangeCall[] {
  return holderKinds.flatMap(([kind, property]) =>
    texts(holders[property]).map(
      (name): ChangeCall => ['iam', `${verb}${kind}Policy`, { [`${kind}Name`]: name, ...policy }],
    ),
  );
}

/** The groups, roles and users of the first that are not among those of the second. */
function holdersWithout(first: Properties, second: Properties): Properties {
  return Object.fromEntries(
    holderKinds.map(([, property]) => [property, without(first[property], second[property])]),
  );
}

function rolePolicyCalls(RoleName: string, before: Properties, after: Properties): ChangeCall[] {
  const kept = namesOf(list(after.Policies));
  const gone = namesOf(list(before.Policies)).filter((name) => !kept.includes(name));
  const set = namesOf(without(after.Policies, before.Policies));
  const detached = texts(without(before.ManagedPolicyArns, after.ManagedPolicyArns));
  const attached = texts(without(after.ManagedPolicyArns, before.ManagedPolicyArns));
  return [
    ...gone.map((PolicyName): ChangeCall => ['iam', 'DeleteRolePolicy', { RoleName, PolicyName }]),
    ...set.map((PolicyName): ChangeCall => ['iam', 'PutRolePolicy', { RoleName, PolicyName }]),
    ...detached.map(
      (PolicyArn): ChangeCall => ['iam', 'DetachRolePolicy', { RoleName, PolicyArn }],
    ),
    ...attached.map(
      (PolicyArn): ChangeCall => ['iam', 'AttachRolePolicy', { RoleName, PolicyArn }],
    ),
  ];
}

function boundaryCall(RoleName: string, { PermissionsBoundary }: Properties): ChangeCall {
  return PermissionsBoundary === undefined
    ? ['iam', 'DeleteRolePermissionsBoundary', { RoleName }]
    : ['iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary }];
}

/** Roles and policies. */
export const iamCalls: Readonly<Record<string, ChangeCalls>> = {
  'AWS::IAM::Role': {
    update: (change) => {
      const { physicalId: RoleName, before, after } = change;
      return [
        ...whenChanged(
          change,
          ['Description', 'MaxSessionDuration'],
          ['iam', 'UpdateRole', { RoleName }],
        ),
        ...whenChanged(
          change,
          ['AssumeRolePolicyDocument'],
          ['iam', 'UpdateAssumeRolePolicy', { RoleName }],
        ),
        ...whenChanged(change, ['PermissionsBoundary'], boundaryCall(RoleName, after)),
        ...rolePolicyCalls(RoleName, before, after),
        ...tagCalls(
          change,
          (Tags) => ['iam', 'TagRole', { RoleName, Tags }],
          (TagKeys) => ['iam', 'UntagRole', { RoleName, TagKeys }],
        ),
      ];
    },
    // Its policies go before it: DeleteRole refuses a role that has some.
    delete: ({ physicalId: RoleName, properties }) => [
      ...rolePolicyCalls(RoleName, properties, {}),
      ['iam', 'DeleteRole', { RoleName }],
    ],
  },
  'AWS::IAM::Policy': {
    update: ({ before, after, changed }) => {
      const renamed = changed.has('PolicyName');
      const gone = renamed ? before : holdersWithout(before, after);
      const documentChanged = renamed || changed.has('PolicyDocument');
      const set = documentChanged ? after : holdersWithout(after, before);
      return [
        ...forHolders('Put', set, { PolicyName: after.PolicyName }),
        ...forHolders('Delete', gone, { PolicyName: before.PolicyName }),
      ];
    },
    delete: ({ properties }) =>
      forHolders('Delete', properties, { PolicyName: properties.PolicyName }),
  },
  'AWS::IAM::ManagedPolicy': {
    update: (change) => {
      const { physicalId: PolicyArn, before, after } = change;
      return [
        ...whenChanged(change, ['PolicyDocument'], ['iam', 'CreatePolicyVersion', { PolicyArn }]),
        ...forHolders('Detach', holdersWithout(before, after), { PolicyArn }),
        ...forHolders('Attach', holdersWithout(after, before), { PolicyArn }),
      ];
    },
    delete: ({ physicalId: PolicyArn, properties }) => [
      ...forHolders('Detach', properties, { PolicyArn }),
      ['iam', 'DeletePolicy', { PolicyArn }],
    ],
  },
};
