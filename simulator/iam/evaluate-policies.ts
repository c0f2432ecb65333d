import { evaluateConditions, type RequestContext, substitute } from './conditions.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

export interface SourcedPolicy {
  readonly id: string;
  readonly type: 'role' | 'aws-managed' | 'user-managed' | 'none';
  readonly document: PolicyDocument;
}

export interface PolicyRequest {
  /** `lambda:InvokeFunction` */
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

export interface PolicyDecision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Policies whose statements decided, each once. */
  readonly decidedBy: readonly SourcedPolicy[];
  readonly missingContextKeys: readonly string[];
}

/** An explicit deny wins, else an allow; else the request is denied implicitly. */
export function evaluatePolicies(
  policies: readonly SourcedPolicy[],
  request: PolicyRequest,
): PolicyDecision {
  const allowing = new Set<SourcedPolicy>();
  const denying = new Set<SourcedPolicy>();
  const missing = new Set<string>();
  for (const policy of policies) {
    for (const statement of policy.document.Statement) {
      if (!covers(statement, request)) continue;
      const outcome = evaluateConditions(statement.Condition, request.context);
      for (const key of outcome.missing) missing.add(key);
      if (outcome.holds) (statement.Effect === 'Deny' ? denying : allowing).add(policy);
    }
  }
  const decided = (decision: PolicyDecision['decision'], by: ReadonlySet<SourcedPolicy>) => ({
    decision,
    decidedBy: [...by],
    missingContextKeys: [...missing],
  });
  if (denying.size > 0) return decided('explicitDeny', denying);
  return decided(allowing.size > 0 ? 'allowed' : 'implicitDeny', allowing);
}

function covers(statement: PolicyStatement, { action, resource, context }: PolicyRequest): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  // Actions are told apart without regard to case, resources with it.
  const name = action.toLowerCase();
  const acts = (pattern: string) => matchesWildcard(pattern.toLowerCase(), name);
  const names = (pattern: string) => {
    const text = substitute(pattern, context);
    return text !== undefined && matchesWildcard(text, resource);
  };
  const actionFits = Action ? Action.some(acts) : NotAction !== undefined && !NotAction.some(acts);
  if (!actionFits) return false;
  return Resource ? Resource.some(names) : NotResource !== undefined && !NotResource.some(names);
}
