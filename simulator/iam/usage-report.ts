import { awsManagedPrefix } from './aws-managed-policies.ts';
import { compilePolicy } from './compile-policy.ts';
import type { IamModel } from './model.ts';
import type { PolicyDocument } from './policy-document.ts';
import { normalized } from './request-context.ts';
import type { Role } from './role-directory.ts';
import { linkedPrefix } from './service-linked-roles.ts';
import { wildcardMatcher } from './wildcard.ts';

export interface UnusedGrant {
  /** Name of the policy that grants it. */
  readonly policy: string;
  /** As the statement spells it, wildcards included. */
  readonly action: string;
  readonly resources: readonly string[];
}

export interface RoleUsage {
  readonly roleArn: string;
  /** Actions that were allowed at least once, in order of their names. */
  readonly used: readonly string[];
  /** What own policies grant and nothing needed; policies of AWS are left out, nobody can trim them. */
  readonly unused: readonly UnusedGrant[];
  readonly denied: readonly {
    readonly action: string;
    readonly resource: string;
    readonly times: number;
    readonly message: string;
  }[];
}

/** Per role, those of services themselves left out: what was granted and never used, and what was denied. */
export function usageReport(model: IamModel): RoleUsage[] {
  return model
    .roles()
    .filter(({ path }) => !path.startsWith(linkedPrefix))
    .map((role) => roleUsage(model, role));
}

function roleUsage(model: IamModel, role: Role): RoleUsage {
  const calls = model.access.usage.of(role.arn);
  const allowed = calls.filter(({ allowed }) => allowed > 0);
  return {
    roleArn: role.arn,
    used: [...new Set(allowed.map(({ action }) => action))].sort(),
    unused: ownPolicies(model, role).flatMap(([policy, document]) =>
      compilePolicy(document).flatMap(({ statement, deny, covers }) => {
        if (deny) return [];
        return (statement.Action ?? []).flatMap((action) => {
          const matches = wildcardMatcher(action.toLowerCase());
          const used = allowed.some(
            (call) =>
              matches(call.action.toLowerCase()) &&
              covers(call.action.toLowerCase(), call.resource, normalized(call.context)),
          );
          const resources = statement.Resource ?? statement.NotResource ?? [];
          return used ? [] : [{ policy, action, resources }];
        });
      }),
    ),
    denied: calls
      .filter(({ denied }) => denied > 0)
      .map(({ action, resource, denied, lastDenial = '' }) => ({
        action,
        resource,
        times: denied,
        message: lastDenial,
      })),
  };
}

function ownPolicies(model: IamModel, role: Role): [string, PolicyDocument][] {
  const managed = [...role.managedPolicyArns]
    .filter((arn) => !arn.startsWith(awsManagedPrefix))
    .flatMap((arn) => model.managedPolicy(arn) ?? [])
    .map(({ name, document }): [string, PolicyDocument] => [name, document]);
  return [...role.inlinePolicies, ...managed];
}
