import {
  type EvaluationResult,
  type IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
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
            found.push(...(page.EvaluationResults ?? []).flatMap(decisionsOf));
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

/** Several resources share one result, whose own name is a pattern; each is decided below it (IAM API reference). */
function decisionsOf(result: EvaluationResult): SimulatedPermission[] {
  const { EvalResourceName, EvalDecision, ResourceSpecificResults = [] } = result;
  if (ResourceSpecificResults.length > 0) {
    return ResourceSpecificResults.map((each) => ({
      resource: each.EvalResourceName ?? '',
      decision: each.EvalResourceDecision ?? 'implicitDeny',
    }));
  }
  return [{ resource: EvalResourceName ?? '', decision: EvalDecision ?? 'implicitDeny' }];
}
