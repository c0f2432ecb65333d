import { type Duration, Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { type Permission, policyStatement } from './statement.ts';

export interface PermittedRoleProps {
  readonly assumedBy: IPrincipal;
  readonly description?: string;
  readonly permissions: readonly Permission[];
  readonly roleName?: string;
  /** Default one hour. */
  readonly maxSessionDuration?: Duration;
}

/**
 * A role whose whole policy is inline, so that it never exists without it, and whose wildcards are
 * acknowledged one by one with their reasons.
 */
export function permittedRole(scope: Construct, id: string, props: PermittedRoleProps): Role {
  // What the configuration names none of, applications of CodeDeploy say, needs no permission either.
  const permissions = props.permissions.filter(({ resources }) => resources.length > 0);
  const role = new Role(scope, id, {
    assumedBy: props.assumedBy,
    ...(props.description && { description: props.description }),
    ...(props.roleName && { roleName: props.roleName }),
    ...(props.maxSessionDuration && { maxSessionDuration: props.maxSessionDuration }),
    inlinePolicies: {
      Permissions: new PolicyDocument({ statements: permissions.map(policyStatement) }),
    },
  });
  acknowledge(role, wildcardReasons(Stack.of(scope), permissions));
  return role;
}

/** cdk-nag names a finding after the resource as it stands in the template, e.g. `Resource::*`. */
function wildcardReasons(stack: Stack, permissions: readonly Permission[]): Record<string, string> {
  const reasons = new Map<string, Set<string>>();
  for (const { resources, wildcardReason } of permissions) {
    if (!wildcardReason) continue;
    for (const resource of resources) {
      const finding = `AwsSolutions-IAM5[Resource::${flattened(stack.resolve(resource))}]`;
      reasons.set(finding, (reasons.get(finding) ?? new Set()).add(wildcardReason));
    }
  }
  return Object.fromEntries(
    [...reasons].map(([finding, texts]) => [finding, [...texts].join('; ')]),
  );
}

function flattened(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${value.Ref}>`;
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) {
    return `<${value['Fn::GetAtt'].join('.')}>`;
  }
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flattened).join(separator);
  }
  return JSON.stringify(value);
}
