import { Aws } from 'aws-cdk-lib';
import type { HookLifecycleEvent } from '../../functions/core/lifecycle-events.ts';
import type { SecretArns } from './configured-secrets.ts';
import type { PermissionTargets } from './function-permissions.ts';
import type { Permission } from './statement.ts';

/**
 * Reading exactly the secrets that the checks of a lifecycle event name; nothing where they name none. Keys of AWS
 * (`aws/secretsmanager`, `aws/ssm`) need no permission of ours, but a secret may be encrypted with a key that the
 * configuration does not know. So every key may be used, through the service alone and for these secrets alone, which
 * the services tell KMS in the encryption context.
 */
export function readSecrets(
  targets: PermissionTargets,
  lifecycleEvent: HookLifecycleEvent,
): Permission[] {
  return readSecretArns(targets, targets.configured.secrets[lifecycleEvent]);
}

/** The same of a list of them. */
export function readSecretArns(
  { configured }: PermissionTargets,
  { secrets, parameters }: SecretArns,
): Permission[] {
  return [
    ...reading('secretsmanager:GetSecretValue', secrets, 'SecretARN', configured.anyKey),
    ...reading('ssm:GetParameter', parameters, 'PARAMETER_ARN', configured.anyKey),
  ];
}

function reading(
  action: 'secretsmanager:GetSecretValue' | 'ssm:GetParameter',
  resources: readonly string[],
  contextKey: 'SecretARN' | 'PARAMETER_ARN',
  anyKey: string,
): Permission[] {
  if (resources.length === 0) return [];
  const [service] = action.split(':');
  return [
    { actions: [action], resources },
    {
      actions: ['kms:Decrypt'],
      resources: [anyKey],
      conditions: {
        StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` },
        StringLike: { [`kms:EncryptionContext:${contextKey}`]: resources },
      },
      wildcardReason:
        'Which keys encrypt the secrets is not in the configuration; held to these secrets and to their service',
    },
  ];
}
