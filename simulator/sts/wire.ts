import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityCommandOutput,
  GetAccessKeyInfoCommandInput,
  GetAccessKeyInfoCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
  GetSessionTokenCommandInput,
  GetSessionTokenCommandOutput,
} from '@aws-sdk/client-sts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { IamModel } from '../iam/model.ts';
import { type CallContext, operation, type WireService } from '../wire/operation.ts';
import { assumeRole } from './assume-role.ts';
import { administratorOf, callerIdentity } from './caller-identity.ts';
import { assumeRoleWithWebIdentity } from './web-identity.ts';

/** The STS API. Signatures are not verified: an access key alone says who calls. */
export function stsWire(model: IamModel, world: World): WireService {
  const { accountId } = world.identity;
  return {
    name: 'sts',
    operations: {
      GetCallerIdentity: operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>(
        [],
        (_input, { caller }) => callerIdentity(caller.principal, accountId),
      ),
      AssumeRole: operation<AssumeRoleCommandInput, AssumeRoleCommandOutput>(
        [
          'RoleArn',
          'RoleSessionName',
          'DurationSeconds',
          'ExternalId',
          'Policy',
          'PolicyArns',
          'SourceIdentity',
          'Tags',
          'TransitiveTagKeys',
        ],
        (input, context) => assumeRole(model, world, input, context),
      ),
      AssumeRoleWithWebIdentity: operation<
        AssumeRoleWithWebIdentityCommandInput,
        AssumeRoleWithWebIdentityCommandOutput
      >(
        [
          'RoleArn',
          'RoleSessionName',
          'WebIdentityToken',
          'DurationSeconds',
          'Policy',
          'PolicyArns',
        ],
        (input) => assumeRoleWithWebIdentity(model, world, input),
      ),
      GetSessionToken: operation<GetSessionTokenCommandInput, GetSessionTokenCommandOutput>(
        ['DurationSeconds'],
        (input, context) => sessionToken(model, world, input, context),
      ),
      GetAccessKeyInfo: operation<GetAccessKeyInfoCommandInput, GetAccessKeyInfoCommandOutput>(
        ['AccessKeyId'],
        () => ({ Account: accountId }),
      ),
    },
  };
}

function sessionToken(
  model: IamModel,
  world: World,
  { DurationSeconds = 43_200 }: GetSessionTokenCommandInput,
  { caller }: CallContext,
): Omit<GetSessionTokenCommandOutput, '$metadata'> {
  if (caller.principal?.type === 'AssumedRole') {
    throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
      status: 403,
    });
  }
  if (DurationSeconds < 900 || DurationSeconds > 129_600) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 129600`,
    );
  }
  const nowMs = world.clock.now();
  const user = caller.principal ?? administratorOf(world.identity.accountId);
  const handedOut = model.keys.handOutSession(
    { ...user, issuedAtMs: nowMs },
    nowMs + DurationSeconds * 1_000,
    caller.principal === undefined ? 'administrator' : 'principal',
  );
  return {
    Credentials: {
      AccessKeyId: handedOut.accessKeyId,
      SecretAccessKey: handedOut.secretAccessKey,
      SessionToken: handedOut.sessionToken,
      Expiration: new Date(handedOut.expiresAtMs),
    },
  };
}
