import { compilePolicy } from './compile-policy.ts';
import { evaluateCompiled } from './conditions.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { RequestContext } from './policy-variables.ts';

export interface SourcedPolicy {
  readonly id: string;
  readonly type: 'role' | 'user' | 'group' | 'aws-managed' | 'user-managed' | 'none';
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
  const action = request.action.toLowerCase();
  for (const policy of policies) {
    for (const statement of compilePolicy(policy.document)) {
      if (!statement.covers(action, request.resource, request.context)) continue;
      const outcome = evaluateCompiled(statement.conditions, request.context);
      for (const key of outcome.missing) missing.add(key);
      if (outcome.holds) (statement.deny ? denying : allowing).add(policy);
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
