import type {
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { IamModel } from '../iam/model.ts';
import { beginSession, checkSession } from './assume-role.ts';
import { sessionPolicies } from './session-policies.ts';

/** Claims of a token; its signature is not verified, whoever made it. */
interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  readonly exp: number | undefined;
}

/** GitHub's or GitLab's way in: a token of a registered provider, whose claims the role's trust policy judges. */
export function assumeRoleWithWebIdentity(
  model: IamModel,
  world: World,
  input: AssumeRoleWithWebIdentityCommandInput,
): Omit<AssumeRoleWithWebIdentityCommandOutput, '$metadata'> {
  const { RoleArn = '', RoleSessionName = '', DurationSeconds = 3_600 } = input;
  checkSession(RoleSessionName, DurationSeconds);
  const claims = claimsOf(input.WebIdentityToken ?? '');
  const host = claims.iss.replace(/^https:\/\//, '');
  const provider = model.oidcProviders.byHost(host);
  if (!provider) {
    throw refused(
      'InvalidIdentityToken',
      `No OpenIDConnect provider found in your account for ${claims.iss}`,
    );
  }
  if (!claims.aud.some((one) => provider.clientIds.has(one))) {
    throw refused('InvalidIdentityToken', 'Incorrect token audience');
  }
  if (claims.exp !== undefined && claims.exp * 1_000 <= world.clock.now()) {
    throw refused(
      'ExpiredTokenException',
      'Token expired: current date/time must be before the expiration date/time',
    );
  }
  const role = model.role(RoleArn);
  const denial = model.access.assumptionDenial({
    role,
    roleArn: RoleArn,
    action: 'sts:AssumeRoleWithWebIdentity',
    federated: provider.arn,
    keys: {
      [`${host}:aud`]: claims.aud,
      [`${host}:sub`]: claims.sub,
      'sts:RoleSessionName': RoleSessionName,
    },
  });
  if (denial !== undefined || !role) {
    throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', {
      status: 403,
    });
  }
  if (DurationSeconds > role.maxSessionSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return {
    ...beginSession(model, world, {
      role,
      sessionName: RoleSessionName,
      durationSeconds: DurationSeconds,
      policies: sessionPolicies(model, input),
    }),
    SubjectFromWebIdentityToken: claims.sub,
    Audience: claims.aud[0],
    Provider: provider.arn,
  };
}

function claimsOf(token: string): Claims {
  const [, payload = ''] = token.split('.');
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    read = undefined;
  }
  const { iss, sub, aud, exp } = (read ?? {}) as Record<string, unknown>;
  if (typeof iss !== 'string' || typeof sub !== 'string') {
    throw refused(
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
  return { iss, sub, aud: audiences, exp: typeof exp === 'number' ? exp : undefined };
}

function refused(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}
