import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { UnsupportedError } from '../core/errors.ts';
import type { Roles } from '../core/ports/roles.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const iamClient = once(() => new IAMClient(clientSettings));

export function iamRoles(client: IAMClient, signal?: AbortSignal): Roles {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async find(name) {
      try {
        const { Role } = await callAws({ action: 'iam:GetRole', resource: `role ${name}` }, () =>
          client.send(new GetRoleCommand({ RoleName: name }), options),
        );
        return (
          Role && {
            arn: Role.Arn ?? '',
            trustPolicy: parsePolicy(Role.AssumeRolePolicyDocument, name),
          }
        );
      } catch (error) {
        if (awsErrorName(error) === 'NoSuchEntityException') return undefined;
        throw error;
      }
    },
  };
}

/** Policies come URL-encoded (IAM API reference, Role). */
function parsePolicy(encoded: string | undefined, role: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded ?? ''));
  } catch (cause) {
    throw new UnsupportedError(`The trust policy of role "${role}" is not JSON`, { cause });
  }
}
