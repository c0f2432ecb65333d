import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { type Caller, operation, type WireService } from '../wire/operation.ts';

/** The STS API. Signatures are not verified, and assumed credentials are as good as any. */
export function stsWire(world: World): WireService {
  return {
    name: 'sts',
    operations: {
      GetCallerIdentity: operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>(
        [],
        (_input, { caller }) => identityOf(caller, world.identity.accountId),
      ),
      AssumeRole: operation<AssumeRoleCommandInput, AssumeRoleCommandOutput>(
        ['RoleArn', 'RoleSessionName', 'DurationSeconds'],
        (input) => assumeRole(world, input),
      ),
    },
  };
}

/** A function is its role's session, named after the function as Lambda names it. */
function identityOf(
  caller: Caller,
  account: string,
): Omit<GetCallerIdentityCommandOutput, '$metadata'> {
  if (caller.accessKeyId.startsWith('FN.')) {
    return {
      UserId: `AROAREHEARSAL:${caller.name}`,
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/${caller.name}/${caller.name}`,
    };
  }
  return {
    UserId: 'AIDAREHEARSAL',
    Account: account,
    Arn: `arn:aws:iam::${account}:user/rehearsal`,
  };
}

function assumeRole(
  world: World,
  input: AssumeRoleCommandInput,
): Omit<AssumeRoleCommandOutput, '$metadata'> {
  const { RoleArn = '', RoleSessionName = '', DurationSeconds = 3600 } = input;
  const [, account, path] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(RoleArn) ?? [];
  if (!account || !path) throw new AwsError('ValidationError', `${RoleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    throw new AwsError(
      'ValidationError',
      `Value '${RoleSessionName}' at 'roleSessionName' must have 2 to 64 characters of [\\w+=,.@-]`,
    );
  }
  if (!(DurationSeconds >= 900 && DurationSeconds <= 43_200)) {
    throw new AwsError(
      'ValidationError',
      `Value ${DurationSeconds} at 'durationSeconds' must be between 900 and 43200`,
    );
  }
  const role = path.slice(path.lastIndexOf('/') + 1);
  const key = world.ids.hex(16).toUpperCase();
  return {
    Credentials: {
      AccessKeyId: `ASIA${key}`,
      SecretAccessKey: world.ids.hex(40),
      SessionToken: world.ids.hex(64),
      Expiration: new Date(world.clock.now() + DurationSeconds * 1000),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROA${key}:${RoleSessionName}`,
      Arn: `arn:aws:sts::${account}:assumed-role/${role}/${RoleSessionName}`,
    },
  };
}
