import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { IamModel } from '../iam/model.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import { type Principal, sessionPrincipal } from '../iam/principal.ts';
import type { Role } from '../iam/role-directory.ts';
import type { CallContext } from '../wire/operation.ts';
import { administratorOf } from './caller-identity.ts';
import { sessionPolicies } from './session-policies.ts';

/** What AssumeRole and AssumeRoleWithWebIdentity hand out alike. */
export interface SessionRequest {
  readonly role: Role;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly policies: readonly PolicyDocument[];
  readonly tags?: ReadonlyMap<string, string>;
  readonly sourceIdentity?: string | undefined;
}

/** Same account: the role's trust must allow the caller, who needs a permission only where it names the account. */
export function assumeRole(
  model: IamModel,
  world: World,
  input: AssumeRoleCommandInput,
  { caller }: CallContext,
): Omit<AssumeRoleCommandOutput, '$metadata'> {
  const { RoleArn = '', RoleSessionName = '', DurationSeconds = 3_600 } = input;
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(RoleArn)) {
    throw new AwsError('ValidationError', `${RoleArn} is invalid`);
  }
  checkSession(RoleSessionName, DurationSeconds);
  const administrator = administratorOf(world.identity.accountId);
  const principal = caller.principal;
  const tags = new Map((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  const keys = {
    'sts:ExternalId': input.ExternalId,
    'sts:RoleSessionName': RoleSessionName,
    'sts:SourceIdentity': input.SourceIdentity,
    'sts:TransitiveTagKeys': input.TransitiveTagKeys,
    'aws:TagKeys': [...tags.keys()],
    ...Object.fromEntries([...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  };
  const role = model.role(RoleArn);
  const denial = model.access.assumptionDenial({
    role,
    roleArn: RoleArn,
    action: 'sts:AssumeRole',
    principal: principal ?? administrator,
    allowedAnyway: principal === undefined,
    keys,
  });
  // A role that is not there is denied with the same words, so that nobody learns what roles there are.
  if (denial !== undefined || !role) {
    throw new AwsError('AccessDenied', denial ?? `${RoleArn} is invalid`, { status: 403 });
  }
  const chained = principal?.type === 'AssumedRole' && DurationSeconds > 3_600;
  if (chained || DurationSeconds > role.maxSessionSeconds) {
    throw new AwsError(
      'ValidationError',
      chained
        ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
        : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return beginSession(model, world, {
    role,
    sessionName: RoleSessionName,
    durationSeconds: DurationSeconds,
    policies: sessionPolicies(model, input),
    tags,
    sourceIdentity: input.SourceIdentity,
  });
}

/** Throws ValidationError for a session name or a duration that AWS would not take. */
export function checkSession(sessionName: string, durationSeconds: number): void {
  const refuse = (value: string | number, at: string, constraint: string) =>
    new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: Member must ${constraint}`,
    );
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw refuse(
      sessionName,
      'roleSessionName',
      'satisfy regular expression pattern: [\\w+=,.@-]*',
    );
  }
  if (durationSeconds < 900) {
    throw refuse(durationSeconds, 'durationSeconds', 'have value greater than or equal to 900');
  }
  if (durationSeconds > 43_200) {
    throw refuse(durationSeconds, 'durationSeconds', 'have value less than or equal to 43200');
  }
}

export function beginSession(model: IamModel, world: World, request: SessionRequest) {
  const { role, sessionName, durationSeconds, policies, tags, sourceIdentity } = request;
  const nowMs = world.clock.now();
  const principal: Principal = {
    ...sessionPrincipal(role, sessionName),
    sessionPolicies: policies,
    issuedAtMs: nowMs,
    ...(tags && { sessionTags: tags }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
  const handedOut = model.keys.handOutSession(principal, nowMs + durationSeconds * 1_000);
  return {
    Credentials: {
      AccessKeyId: handedOut.accessKeyId,
      SecretAccessKey: handedOut.secretAccessKey,
      SessionToken: handedOut.sessionToken,
      Expiration: new Date(handedOut.expiresAtMs),
    },
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    ...(policies.length > 0 && { PackedPolicySize: 1 }),
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}
