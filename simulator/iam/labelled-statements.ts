/** Policies of queues and topics whose statements AddPermission and RemovePermission know by their label. */
interface LabelledPolicy {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly (Readonly<Record<string, unknown>> & { readonly Sid?: string })[];
}

/** The policy as JSON text with one statement more; undefined when the label is taken. */
export function withStatement(
  policy: string | undefined,
  id: string,
  label: string,
  statement: Readonly<Record<string, unknown>>,
): string | undefined {
  const { Statement, ...rest } = read(policy, id);
  if (Statement.some(({ Sid }) => Sid === label)) return undefined;
  const added = { Sid: label, Effect: 'Allow', ...statement };
  return JSON.stringify({ ...rest, Statement: [...Statement, added] });
}

/** The policy without a statement; undefined when the label names none. */
export function withoutStatement(policy: string | undefined, label: string): string | undefined {
  const { Statement, ...rest } = read(policy, '');
  const kept = Statement.filter(({ Sid }) => Sid !== label);
  return kept.length < Statement.length ? JSON.stringify({ ...rest, Statement: kept }) : undefined;
}

export function statementCount(policy: string): number {
  return read(policy, '').Statement.length;
}

/** Account ids as the principals of a statement. */
export function accountPrincipals(accountIds: readonly string[]): {
  readonly AWS: string | string[];
} {
  const [first = '', ...others] = accountIds.map((id) => `arn:aws:iam::${id}:root`);
  return { AWS: others.length > 0 ? [first, ...others] : first };
}

function read(policy: string | undefined, id: string): LabelledPolicy {
  if (!policy) return { Version: '2012-10-17', Id: id, Statement: [] };
  const document = JSON.parse(policy) as LabelledPolicy;
  return { ...document, Statement: [document.Statement].flat() };
}
