import { type IAMClient, paginateSimulatePrincipalPolicy } from '@aws-sdk/client-iam';
import { ResourceNotFoundError } from '../core/errors.ts';
import type { RolePermissions, SimulatedPermission } from '../core/ports/role-permissions.ts';
import { awsErrorName, callAws } from './aws-errors.ts';

/** IAM's policy simulator, which knows managed, inline and boundary policies alike. */
export function iamRolePermissions(client: IAMClient, signal?: AbortSignal): RolePermissions {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async simulate(roleArn, action, resources, context = {}) {
      const attempt = { action: 'iam:SimulatePrincipalPolicy', resource: roleArn };
      try {
        return await callAws(attempt, async () => {
          const found: SimulatedPermission[] = [];
          const request = {
            PolicySourceArn: roleArn,
            ActionNames: [action],
            ResourceArns: [...resources],
            ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
              ContextKeyName,
              ContextKeyType: 'string' as const,
              ContextKeyValues: [value],
            })),
          };
          for await (const page of paginateSimulatePrincipalPolicy({ client }, request, options)) {
            for (const { EvalResourceName, EvalDecision } of page.EvaluationResults ?? []) {
              found.push({
                resource: EvalResourceName ?? '',
                decision: EvalDecision ?? 'implicitDeny',
              });
            }
          }
          return found;
        });
      } catch (error) {
        if (awsErrorName(error) !== 'NoSuchEntityException') throw error;
        throw new ResourceNotFoundError(`IAM has no role ${roleArn}`, { cause: error });
      }
    },
  };
}
