import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One Allow statement. Where `resources` holds a wildcard, `wildcardReason` says why it must. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly wildcardReason?: string;
}

export function policyStatement(permission: Permission): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...permission.actions],
    resources: [...permission.resources],
    ...(permission.conditions && { conditions: { ...permission.conditions } }),
  });
}

export const describeHasNoResource = (service: string) =>
  `${service} offers no resource level for these read-only actions (aws-facts 7.1)`;
