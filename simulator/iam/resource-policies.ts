import { type CompiledStatement, compilePolicy } from './compile-policy.ts';
import { evaluateCompiled } from './conditions.ts';
import type { PolicyDecision, PolicyRequest } from './evaluate-policies.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** What a Principal element can name. */
export interface ResourcePolicyCaller {
  /** User or role ARN; undefined for a service. */
  readonly entityArn?: string;
  /** `arn:aws:sts::…:assumed-role/ROLE/SESSION` */
  readonly sessionArn?: string;
  /** `events.amazonaws.com` */
  readonly service?: string;
  /** ARN or host of an identity provider, for AssumeRoleWithWebIdentity. */
  readonly federated?: string;
}

export interface ResourcePolicyDecision {
  readonly decision: PolicyDecision['decision'];
  /** Whether an allowing statement names the session, and not only its role or account. */
  readonly namesSession: boolean;
  /** Whether a statement allows the caller's whole account, which lets identity policies decide. */
  readonly delegates: boolean;
}

/** Decides by the policies of a resource (a bucket, a queue, a role's trust): their statements name principals. */
export function evaluateResourcePolicies(
  documents: readonly PolicyDocument[],
  request: PolicyRequest,
  caller: ResourcePolicyCaller,
): ResourcePolicyDecision {
  let allowed = false;
  let namesSession = false;
  let delegates = false;
  const action = request.action.toLowerCase();
  for (const document of documents) {
    for (const compiled of compilePolicy(document)) {
      const { statement } = compiled;
      const match = principalMatch(statement, caller);
      if (match === 'no' || !holds(compiled, action, request)) continue;
      if (compiled.deny) return { decision: 'explicitDeny', namesSession, delegates };
      // A statement for the whole account lets the account's administrator delegate; alone it allows nobody.
      if (match === 'account') delegates = true;
      else allowed = true;
      namesSession ||= match === 'session';
    }
  }
  return { decision: allowed ? 'allowed' : 'implicitDeny', namesSession, delegates };
}

function holds(compiled: CompiledStatement, action: string, request: PolicyRequest): boolean {
  return (
    compiled.covers(action, request.resource, request.context) &&
    evaluateCompiled(compiled.conditions, request.context).holds
  );
}

/** How a statement names a caller: `account` stands for a whole account, which is not the caller itself. */
export type PrincipalMatch = 'no' | 'account' | 'entity' | 'session';

export function principalMatch(
  { Principal, NotPrincipal, Effect }: PolicyStatement,
  caller: ResourcePolicyCaller,
): PrincipalMatch {
  if (NotPrincipal !== undefined) {
    return matchOf(NotPrincipal, caller) === 'no' ? 'entity' : 'no';
  }
  if (Principal === undefined) return 'no';
  const match = matchOf(Principal, caller);
  return match === 'account' && Effect === 'Deny' ? 'entity' : match;
}

function matchOf(
  principal: NonNullable<PolicyStatement['Principal']>,
  caller: ResourcePolicyCaller,
): PrincipalMatch {
  if (principal === '*') return 'entity';
  const { AWS = [], Service = [], Federated = [] } = principal;
  const { entityArn, sessionArn, service, federated } = caller;
  if (service !== undefined)
    return Service.some((name) => name === service || name === '*') ? 'entity' : 'no';
  if (federated !== undefined) return Federated.some((one) => one === federated) ? 'entity' : 'no';
  if (AWS.includes('*')) return 'entity';
  if (sessionArn !== undefined && AWS.includes(sessionArn)) return 'session';
  if (entityArn !== undefined && AWS.includes(entityArn)) return 'entity';
  const account = (entityArn ?? '').split(':')[4] ?? '';
  const whole = [account, `arn:aws:iam::${account}:root`];
  return AWS.some((one) => whole.includes(one)) ? 'account' : 'no';
}
