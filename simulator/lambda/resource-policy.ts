/** One AWS::Lambda::Permission. */
export interface Permission {
  readonly sid: string;
  readonly action: string;
  /** Service name such as `events.amazonaws.com`, an account id, or `*`. */
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly qualifier?: string;
}

/** A service that invokes a function on behalf of one of its resources. */
export interface InvokingService {
  /** `events.amazonaws.com` */
  readonly principal: string;
  readonly sourceArn: string;
}

/** True when the function's resource policy lets the service invoke it. */
export function permits(
  permissions: readonly Permission[],
  invoker: InvokingService,
  accountId: string,
  qualifier?: string,
): boolean {
  return permissions.some(
    (permission) =>
      // A version or alias has a policy of its own (Lambda guide, "Resource-based policies").
      permission.qualifier === qualifier &&
      ['lambda:InvokeFunction', 'lambda:*', '*'].includes(permission.action) &&
      [invoker.principal, '*'].includes(permission.principal) &&
      (permission.sourceArn === undefined || arnLike(permission.sourceArn, invoker.sourceArn)) &&
      (permission.sourceAccount === undefined || permission.sourceAccount === accountId),
  );
}

/** IAM's ArnLike: `*` and `?` stand for any text. */
function arnLike(pattern: string, arn: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(arn);
}

/** The policy document that GetPolicy returns. */
export function policyDocument(functionArn: string, permissions: readonly Permission[]): object {
  return {
    Version: '2012-10-17',
    Id: 'default',
    Statement: permissions.map((permission) => statementOf(functionArn, permission)),
  };
}

/** One statement of it, as AddPermission returns it; `functionArn` is unqualified. */
export function statementOf(functionArn: string, permission: Permission): object {
  const { qualifier } = permission;
  return {
    Sid: permission.sid,
    Effect: 'Allow',
    Principal: principalElement(permission.principal),
    Action: permission.action,
    Resource: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`,
    ...conditionElement(permission),
  };
}

function principalElement(principal: string): unknown {
  if (principal === '*') return '*';
  if (principal.includes('.')) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

function conditionElement({ sourceArn, sourceAccount }: Permission): object {
  if (sourceArn === undefined && sourceAccount === undefined) return {};
  return {
    Condition: {
      ...(sourceAccount === undefined
        ? {}
        : { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
      ...(sourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } }),
    },
  };
}
