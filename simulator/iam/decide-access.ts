import { evaluatePolicies, type PolicyRequest, type SourcedPolicy } from './evaluate-policies.ts';
import type { PolicyDocument } from './policy-document.ts';
import { evaluateResourcePolicies, type ResourcePolicyCaller } from './resource-policies.ts';

/** Kinds of policies in the words of IAM's access denied messages. */
export type PolicyKind =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based policy';

export type AccessDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly explicit: boolean; readonly kind: PolicyKind };

export interface AccessPolicies {
  readonly identity: readonly SourcedPolicy[];
  readonly boundary?: PolicyDocument | undefined;
  readonly session?: readonly PolicyDocument[] | undefined;
  readonly resource?: readonly PolicyDocument[] | undefined;
}

/**
 * Decides within one account, as IAM's "Policy evaluation logic" does: any explicit deny, then boundary and
 * session policies as limits, with either the identity's or the resource's policy allowing. A resource policy
 * that names the session itself is not limited by an implicit deny of boundary or session policy.
 */
export function decideAccess(
  policies: AccessPolicies,
  request: PolicyRequest,
  caller: ResourcePolicyCaller,
): AccessDecision {
  const identity = evaluatePolicies(policies.identity, request).decision;
  const boundary = policies.boundary && evaluateDocuments([policies.boundary], request);
  const session = policies.session?.length
    ? evaluateDocuments(policies.session, request)
    : undefined;
  const resource = evaluateResourcePolicies(policies.resource ?? [], request, caller);
  const denials: readonly (readonly [boolean, PolicyKind])[] = [
    [identity === 'explicitDeny', 'identity-based policy'],
    [resource.decision === 'explicitDeny', 'resource-based policy'],
    [boundary === 'explicitDeny', 'permissions boundary'],
    [session === 'explicitDeny', 'session policy'],
  ];
  const explicit = denials.find(([denied]) => denied);
  if (explicit) return { allowed: false, explicit: true, kind: explicit[1] };
  if (resource.decision === 'allowed' && resource.namesSession) return { allowed: true };
  if (identity !== 'allowed' && resource.decision !== 'allowed') {
    return { allowed: false, explicit: false, kind: 'identity-based policy' };
  }
  if (boundary === 'implicitDeny') {
    return { allowed: false, explicit: false, kind: 'permissions boundary' };
  }
  if (session === 'implicitDeny') {
    return { allowed: false, explicit: false, kind: 'session policy' };
  }
  return { allowed: true };
}

/** Decides by documents that have no source to name. */
export function evaluateDocuments(documents: readonly PolicyDocument[], request: PolicyRequest) {
  const sourced = documents.map(
    (document): SourcedPolicy => ({ id: 'policy', type: 'none', document }),
  );
  return evaluatePolicies(sourced, request).decision;
}
