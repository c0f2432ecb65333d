import type { AccessDecision } from './decide-access.ts';

/**
 * The sentence of an access denied error (IAM user guide, "Troubleshoot access denied error messages"):
 * `User: ARN is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows …`.
 */
export function denialSentence(
  principalArn: string,
  action: string,
  resource: string | undefined,
  decision: Extract<AccessDecision, { allowed: false }>,
): string {
  const on = resource === undefined ? '' : ` on resource: ${resource}`;
  const article = decision.kind === 'identity-based policy' ? 'an' : 'a';
  const why = decision.explicit
    ? `with an explicit deny in ${article} ${decision.kind}`
    : `because no ${decision.kind} allows the ${action} action`;
  return `User: ${principalArn} is not authorized to perform: ${action}${on} ${why}`;
}
