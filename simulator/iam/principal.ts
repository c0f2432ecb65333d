import type { PolicyDocument } from './policy-document.ts';

/** Who makes a call with credentials that the simulator handed out. */
export interface Principal {
  readonly type: 'User' | 'AssumedRole';
  /** As GetCallerIdentity answers it: a user's ARN, or `arn:aws:sts::…:assumed-role/ROLE/SESSION`. */
  readonly arn: string;
  /** `AIDA…`, or `AROA…:SESSION`. */
  readonly userId: string;
  /** ARN of the user or role that policies hang on; `aws:PrincipalArn`. */
  readonly entityArn: string;
  /** Policies given with the session: what they do not allow is denied. */
  readonly sessionPolicies?: readonly PolicyDocument[];
  readonly sessionTags?: ReadonlyMap<string, string>;
  readonly sourceIdentity?: string;
  readonly issuedAtMs?: number;
  /** A session that a service began for its own process. */
  readonly serviceSession?: boolean;
}

/** The principal of a role's session, which needs not exist as credentials. */
export function sessionPrincipal(
  role: { readonly arn: string; readonly roleName: string; readonly roleId: string },
  sessionName: string,
): Principal {
  const account = role.arn.split(':')[4] ?? '';
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/${role.roleName}/${sessionName}`,
    userId: `${role.roleId}:${sessionName}`,
    entityArn: role.arn,
  };
}
