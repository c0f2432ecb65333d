import { AwsError } from '../core/aws-error.ts';
import type { Template } from './template.ts';

/** Types and the property that makes a stack need CAPABILITY_NAMED_IAM (user guide, "Acknowledging IAM resources"). */
const iamTypes: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

export interface NeededCapabilities {
  readonly capabilities: string[];
  readonly reason: string | undefined;
}

export function neededCapabilities({ Resources, Transform }: Template): NeededCapabilities {
  const iam = Object.values(Resources).filter(({ Type }) => Object.hasOwn(iamTypes, Type));
  const named = iam.some(({ Type, Properties }) => {
    const name = iamTypes[Type];
    return name !== undefined && Object.hasOwn(Properties, name);
  });
  const capabilities: string[] = [];
  if (named) capabilities.push('CAPABILITY_NAMED_IAM');
  else if (iam.length > 0) capabilities.push('CAPABILITY_IAM');
  if (Transform !== undefined) capabilities.push('CAPABILITY_AUTO_EXPAND');
  const types = [...new Set(iam.map(({ Type }) => Type))];
  const reason =
    types.length === 0
      ? undefined
      : `The following resource(s) require capabilities: [${types.join(', ')}]`;
  return { capabilities, reason };
}

/** Throws InsufficientCapabilitiesException. NAMED_IAM includes IAM. */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const missing = neededCapabilities(template).capabilities.filter(
    (needed) =>
      !given.includes(needed) &&
      !(needed === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length === 0) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${missing.join(', ')}]`,
    { status: 400 },
  );
}
